using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace SdCompiler.Trainer.Tests.Harness;

/// <summary>The settings of a build without live analyzers: then the generator itself reports every mistake.</summary>
internal sealed class BuildWithoutAnalyzers : AnalyzerConfigOptionsProvider
{
    public override AnalyzerConfigOptions GlobalOptions { get; } = new Options();

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

    private sealed class Options : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, out string value)
        {
            value = key == "build_property.RunAnalyzers" ? "false" : "";
            return value.Length > 0;
        }
    }
}
