using System.Collections.Generic;
using System.Collections.Immutable;

namespace SdCompiler.Generator.Tests.Passes;

internal static class ImmutableArrays
{
    public static ImmutableArray<T> ToImmutableArrayOf<T>(this IEnumerable<T> items) => [.. items];
}
