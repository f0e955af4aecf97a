using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using SdCompiler.Generator.Tests.Harness;
using Xunit;

namespace SdCompiler.Generator.Tests.Parsing;

/// <summary>
/// An editor runs the generator on every half-written text. One exception would remove every model of the project, and a message about a
/// mistake in the generator would be no better.
/// </summary>
public sealed class BrokenSourceTests
{
    public static TheoryData<string> Names() => ["Zaremba", .. FeatureModels.Names.Where(name => name is "Concat" or "Tied" or "Stack")];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_text_without_one_of_its_words_never_fails(string name)
    {
        string source = name == "Zaremba" ? TestModels.Zaremba : FeatureModels.Source(name);
        SyntaxToken[] tokens = [.. GeneratorHarness.Parse(source, "Model.cs").GetRoot().DescendantTokens().Where(token => token.Span.Length > 0)];
        IncrementalDriver driver = new();
        foreach (SyntaxToken token in tokens)
        {
            driver.Run(source.Remove(token.SpanStart, token.Span.Length));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_text_that_ends_anywhere_never_fails(string name)
    {
        string source = name == "Zaremba" ? TestModels.Zaremba : FeatureModels.Source(name);
        IncrementalDriver driver = new();
        for (int length = source.IndexOf("[Structured", StringComparison.Ordinal); length < source.Length; length += 7)
        {
            driver.Run(source[..length]);
        }
    }

    private sealed class IncrementalDriver
    {
        private GeneratorDriver _driver = CSharpGeneratorDriver.Create([new LstmGenerator().AsSourceGenerator()], parseOptions: GeneratorHarness.CSharp13);
        private CSharpCompilation _compilation = GeneratorHarness.Compile(GeneratorHarness.CSharp13, string.Empty);

        public void Run(string source)
        {
            _compilation = _compilation.ReplaceSyntaxTree(
                _compilation.SyntaxTrees[0], CSharpSyntaxTree.ParseText(SourceText.From(source), GeneratorHarness.CSharp13, "Model.cs"));
            _driver = _driver.RunGenerators(_compilation);
            GeneratorRunResult result = _driver.GetRunResult().Results.Single();
            Assert.True(result.Exception is null, $"{result.Exception}\n{source}");
            Assert.DoesNotContain(result.Diagnostics, diagnostic => diagnostic.Id == "SDC9000");
        }
    }
}
