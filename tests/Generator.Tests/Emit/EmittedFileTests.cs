using System.Linq;
using Microsoft.CodeAnalysis;
using SdCompiler.Generator.Tests.Harness;
using Xunit;

namespace SdCompiler.Generator.Tests.Emit;

/// <summary>The emitted file of one small model for each feature.</summary>
public class EmittedFileTests
{
    public static TheoryData<string> Features => new(FeatureModels.Names);

    [Theory]
    [MemberData(nameof(Features))]
    public void TheFileReadsLikeThis(string feature)
    {
        GeneratorRun run = GeneratorHarness.Run(FeatureModels.Source(feature));
        GeneratedSourceResult file = run.Result.GeneratedSources.Single();
        Assert.Equal($"Demo.{feature}.g.cs", file.HintName);
        Snapshot.Verify(file.SourceText.ToString(), feature);
    }

    [Theory]
    [MemberData(nameof(Features))]
    public void ItHasOneKindOfLineEndAndNoTrailingBlanks(string feature)
    {
        string text = GeneratorHarness.Run(FeatureModels.Source(feature)).Result.GeneratedSources.Single().SourceText.ToString();
        Assert.DoesNotContain('\r', text);
        Assert.DoesNotContain(" \n", text);
        Assert.EndsWith("}\n", text);
    }
}
