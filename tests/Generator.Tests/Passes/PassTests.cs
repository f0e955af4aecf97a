using System.Collections.Generic;
using System.Linq;
using System.Threading;
using SdCompiler.Generator.Graph;
using SdCompiler.Generator.Model;
using SdCompiler.Generator.Passes;
using SdCompiler.Generator.Tests.Harness;
using Xunit;

namespace SdCompiler.Generator.Tests.Passes;

/// <summary>Graphs after each pass: printed, and checked by the verifier.</summary>
public class PassTests
{
    public static TheoryData<string> Features => new(FeatureModels.Names);

    [Theory]
    [MemberData(nameof(Features))]
    public void TheLastPassLeavesThisGraph(string feature)
    {
        LstmModel model = ParserHarness.Parse(FeatureModels.Source(feature));
        Snapshot.Verify(GraphPrinter.Print(PassPipeline.Lower(PassPipeline.Mask(model, model.Variants[0]), EmitTarget.Cpu, CancellationToken.None)), feature);
    }

    [Theory]
    [InlineData("Cuda")]
    [InlineData("CudaBranches")]
    [InlineData("CudaFixed")]
    [InlineData("CudaSeries")]
    [InlineData("Random")]
    public void TheLastPassForCudaLeavesThisGraph(string feature)
    {
        LstmModel model = ParserHarness.Parse(FeatureModels.Source(feature));
        LstmGraph graph = PassPipeline.Lower(PassPipeline.Mask(model, model.Variants[0], EmitTarget.Cuda), EmitTarget.Cuda, CancellationToken.None);
        Assert.Empty(GraphVerifier.Verify(graph));
        Snapshot.Verify(GraphPrinter.Print(graph), feature);
    }

    [Theory]
    [MemberData(nameof(Features))]
    public void EveryPassKeepsWhatItGuarantees(string feature)
    {
        LstmModel model = ParserHarness.Parse(FeatureModels.Source(feature));
        foreach (VariantModel variant in model.Variants)
        {
            LstmGraph graph = GraphBuilder.Build(model);
            foreach (System.Func<LstmGraph, LstmGraph> pass in Passes(variant))
            {
                string before = GraphPrinter.Print(graph);
                LstmGraph after = pass(graph);
                Assert.Empty(GraphVerifier.Verify(after));
                Assert.Equal(before, GraphPrinter.Print(graph));
                graph = after;
            }
        }
    }

    [Fact]
    public void MasksOfOneSourceMeetEachReaderOnce()
    {
        LstmModel model = ParserHarness.Parse(FeatureModels.Source("Readers"));
        Snapshot.Verify(GraphPrinter.Print(PassPipeline.Mask(model, model.Variants[0])));
    }

    [Fact]
    public void VariantsThatDifferInCountsOnlyHaveOneMaskedGraph()
    {
        LstmModel model = ParserHarness.Parse(FeatureModels.Source("Variants"));
        string[] printed = model.Variants.Select(variant => GraphPrinter.Print(PassPipeline.Mask(model, variant))).ToArray();
        Assert.Equal(printed[0], printed[1]);
        Assert.NotEqual(printed[0], printed[2]);
        Assert.Equal(printed[0], printed[3]);
    }

    [Fact]
    public void ASiteThatIsOffLetsTheSourcesOwnDropoutThrough()
    {
        const string Source = """
            using SdCompiler;
            namespace Demo;
            public enum Dropout
            {
                [Variant] All,
                [Variant(Sites = DropoutSites.Output)] OutputOnly,
                [Variant(Sites = DropoutSites.Input)] InputOnly,
            }

            [StructuredDropoutLstm(BatchSize = 2, TimeSteps = 2, Variants = typeof(Dropout))]
            public partial class Model
            {
                [Embedding(10, 4, OutputDropout = 0.5)] public partial EmbeddingLayer Words { get; }
                [Lstm(8, InputDropout = 0.5)] public partial LstmLayer Memory { get; }
                [Softmax(10)] public partial SoftmaxLayer NextWord { get; }
            }
            """;
        LstmModel model = ParserHarness.Parse(Source);
        (string Site, bool Copy)[] products = model.Variants.Select(variant =>
        {
            LstmGraph graph = PassPipeline.Mask(model, variant);
            Node product = graph.Nodes.First(node => node.Kind == NodeKind.Product);
            return (graph.Sites[product.Site].Constant, graph.Nodes.Any(node => node.Kind == NodeKind.MaskedCopy));
        }).ToArray();
        Assert.Equal(("SiteInput_Memory", true), products[0]);
        Assert.Equal(("SiteOutput_Words", false), products[1]);
        Assert.Equal(("SiteInput_Memory", false), products[2]);
    }

    [Fact]
    public void AVerifierFindsABrokenGraph()
    {
        LstmModel model = ParserHarness.Parse(FeatureModels.Source("LanguageModel"));
        LstmGraph graph = PassPipeline.Lower(PassPipeline.Mask(model, model.Variants[0]), EmitTarget.Cpu, CancellationToken.None);
        Assert.NotEmpty(GraphVerifier.Verify(graph with { Nodes = graph.Nodes.RemoveAt(0) }));
        Assert.Contains(
            GraphVerifier.Verify(graph with { Nodes = graph.Nodes.Select(node => node.Kind == NodeKind.Product ? node with { Site = -1 } : node).ToImmutableArrayOf() }),
            mistake => mistake.Contains("which is packed by another site", System.StringComparison.Ordinal));
        Assert.NotEmpty(GraphVerifier.Verify(graph with { Nodes = graph.Nodes.Select(node => node with { BarrierBefore = false }).Append(graph.Nodes.Last() with { BarrierBefore = true }).ToImmutableArrayOf() }));
        Assert.NotEmpty(GraphVerifier.Verify(graph with { Values = graph.Values.Select(value => value.Offset < 0 ? value : value with { Offset = 0 }).ToImmutableArrayOf() }));
    }

    [Fact]
    public void AVerifierFindsAReverseChainWithoutAStart()
    {
        LstmModel model = ParserHarness.Parse(FeatureModels.Source("BothDirections"));
        LstmGraph graph = PassPipeline.Lower(PassPipeline.Mask(model, model.Variants[0]), EmitTarget.Cpu, CancellationToken.None);
        Assert.Empty(GraphVerifier.Verify(graph));
        Assert.Contains(
            "the chain of Context.0.reverse has no start",
            GraphVerifier.Verify(graph with { Nodes = graph.Nodes.Where(node => node.Kind != NodeKind.ReverseStart).ToImmutableArrayOf() }));
    }

    private static IEnumerable<System.Func<LstmGraph, LstmGraph>> Passes(VariantModel variant) =>
    [
        InferShapes.Run,
        graph => PlanMasks.Run(graph, variant),
        BuildBackward.Run,
        graph => CompactGemms.Run(graph, EmitTarget.Cpu),
        PackInputs.Run,
        FuseGates.Run,
        SplitDirections.Run,
        UnrollTime.Run,
        PlaceBarriers.Run,
        PlanWorkspace.Run,
    ];
}
