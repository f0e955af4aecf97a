using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace SdCompiler.Generator.Tests.Harness;

/// <summary>What a run gave.</summary>
/// <param name="Result">The generator's own result, with its tracked steps.</param>
/// <param name="Output">The compilation with the emitted files.</param>
/// <param name="Diagnostics">The messages of the generator and of the live analyzer.</param>
internal sealed record GeneratorRun(GeneratorRunResult Result, CSharpCompilation Output, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>The only emitted file.</summary>
    public string Source => Result.GeneratedSources.Single().SourceText.ToString();

    /// <summary>What C# says about the project with the emitted files, from warnings up.</summary>
    public ImmutableArray<Diagnostic> CSharpProblems => [.. Output.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)];

    /// <summary>The messages that are left where <c>#pragma warning</c> was honoured.</summary>
    public ImmutableArray<Diagnostic> Effective =>
        [.. CompilationWithAnalyzers.GetEffectiveDiagnostics(Diagnostics, Output).Where(diagnostic => !diagnostic.IsSuppressed)];
}
