using System.Threading;
using SdCompiler.Generator.Graph;
using SdCompiler.Generator.Model;

namespace SdCompiler.Generator.Passes;

/// <summary>The passes, in order. Each takes a graph and returns another; none changes its input.</summary>
internal static class PassPipeline
{
    /// <summary>The masked forward graph: what all targets share but for how a product over all steps meets its mask, and what decides whether two variants share one body.</summary>
    public static LstmGraph Mask(LstmModel model, VariantModel variant, EmitTarget target = EmitTarget.Cpu)
    {
        LstmGraph graph = GraphBuilder.Build(model);
        graph = InferShapes.Run(graph);          // every later pass reads shapes
        graph = PlanMasks.Run(graph, variant);   // before BuildBackward, so that each gradient is derived from the masked product
        return target == EmitTarget.Cuda ? MaskWholeWindows.Run(graph, variant) : graph;
    }

    /// <summary>From the masked graph to one that can be emitted.</summary>
    public static LstmGraph Lower(LstmGraph graph, EmitTarget target, CancellationToken cancellationToken)
    {
        graph = BuildBackward.Run(graph);        // before CompactGemms, so that all three forms are compacted by one rule
        cancellationToken.ThrowIfCancellationRequested();
        graph = CompactGemms.Run(graph, target); // form and loop order: what pays differs between targets
        if (target == EmitTarget.Cuda)
        {
            return FuseGates.Run(graph);         // a graph of launches is recorded: it has neither lanes nor unrolled code, and each value has a buffer of its own
        }

        graph = PackInputs.Run(graph);           // after CompactGemms: only products that walk along lists of kept units read packed values
        graph = FuseGates.Run(graph);            // after both: the fused cell takes over the form of its product, and what it reads
        graph = SplitDirections.Run(graph);      // after FuseGates: a chain is one node now
        graph = UnrollTime.Run(graph);           // decides chunks, which memory depends on
        graph = PlaceBarriers.Run(graph);        // needs the final order
        return PlanWorkspace.Run(graph);         // last: lives are counted between barriers
    }
}
