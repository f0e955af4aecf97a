using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace SdCompiler.Generator.Diagnostics;

/// <summary>
/// Every message, one file for each block of ids: SDC0001-0065 are what the symbols of one class decide, and are shown live by
/// <see cref="ModelAnalyzer"/> too; SDC0100 and above need the layers to be put together, and come from the generator alone. An id is given once
/// and stays retired when its message is removed.
/// </summary>
internal static partial class DiagnosticDescriptors
{
    /// <summary>The help page; each id has a heading there.</summary>
    private const string HelpPage = "src/Generator/Diagnostics/README.md#";

    // Lazy: the order in which the fields of a partial class are initialised across files is not defined.
    private static readonly Lazy<ImmutableDictionary<string, DiagnosticDescriptor>> ById = new(() => typeof(DiagnosticDescriptors)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => field.GetValue(null))
        .OfType<DiagnosticDescriptor>()
        .ToImmutableDictionary(descriptor => descriptor.Id));

    /// <summary>Every descriptor, in order of the ids.</summary>
    public static IEnumerable<DiagnosticDescriptor> All => ById.Value.Values.OrderBy(descriptor => descriptor.Id, StringComparer.Ordinal);

    public static DiagnosticDescriptor Of(string id) => ById.Value[id];

    /// <summary>Whether the live analyzer shows this id before the generator has run; the generator shows all.</summary>
    public static bool IsLive(string id) => string.CompareOrdinal(id, "SDC0100") < 0;
}
