using System.Linq;
using Microsoft.CodeAnalysis;

namespace SdCompiler.Generator.Model;

/// <summary>A diagnostic without symbols: travels on its own branch of the pipeline.</summary>
/// <param name="Id">The descriptor's id, such as SDC0004.</param>
/// <param name="Place">Where; <see cref="SourcePlace.None"/> for what a pass found, which is shown on the class's name.</param>
/// <param name="Arguments">What the message names.</param>
internal sealed record DiagnosticInfo(string Id, SourcePlace Place, EquatableArray<string> Arguments)
{
    /// <summary>What a pass found: the model that it works on has no places.</summary>
    public static DiagnosticInfo Unplaced(DiagnosticDescriptor descriptor, params string[] arguments) =>
        new(descriptor.Id, SourcePlace.None, new EquatableArray<string>(arguments));

    /// <summary>What is left of a message for who only wants to know that it is there.</summary>
    public static DiagnosticInfo WithoutPlace(DiagnosticInfo diagnostic) => diagnostic with { Place = SourcePlace.None };

    public Diagnostic ToDiagnostic(DiagnosticDescriptor descriptor, Compilation compilation) =>
        Diagnostic.Create(descriptor, Place.ToLocation(compilation), Arguments.ToArray<object>());
}
