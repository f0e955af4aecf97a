using System.Collections.Immutable;
using System.Linq;
using SdCompiler.Generator.Graph;

namespace SdCompiler.Generator.Passes;

/// <summary>
/// Needs the masked graph of all phases. Guarantees a form and a loop order for every product, by one rule for the three phases: the mask of a
/// product is a list of rows of its weights, so the forward product reads only these rows, the data gradient computes only these outputs, and
/// the weight gradient updates only these rows. Products of a recurrent chain go step by step, those of the loss chunk by chunk, all others once per
/// window. A lane walks kept rows as fast as consecutive ones on the CPU, so every list is used whatever its length; no weight is copied. On CUDA the chain alone walks
/// along lists; products over all steps shrink where one list serves them all (<see cref="MaskWholeWindows"/>), else they are dense.
/// </summary>
internal static class CompactGemms
{
    public static LstmGraph Run(LstmGraph graph, EmitTarget target)
    {
        return graph with { Nodes = graph.Nodes.Select(node => Choose(graph, node, target)).ToImmutableArray() };
    }

    private static Node Choose(LstmGraph graph, Node node, EmitTarget target)
    {
        ProductForm compact = node.Kind switch
        {
            NodeKind.Product or NodeKind.RecurrentProduct => ProductForm.KeptRows,
            NodeKind.DataGradient or NodeKind.RecurrentDataGradient => ProductForm.KeptOutputs,
            NodeKind.WeightGradient => ProductForm.KeptRowUpdates,
            _ => ProductForm.None,
        };
        if (compact == ProductForm.None)
        {
            return node;
        }

        bool chain = node.Kind is NodeKind.RecurrentProduct or NodeKind.RecurrentDataGradient || node.Chain > 0;
        LoopOrder order = chain ? LoopOrder.StepByStep : IsChunked(graph, node) ? LoopOrder.Chunked : LoopOrder.PanelOuterTimeInner;
        bool dense = node.Site < 0 || (target == EmitTarget.Cuda && !chain && !graph.Sites[node.Site].DrawnOnce);
        return node with { Form = dense ? ProductForm.Dense : compact, Order = order };
    }

    private static bool IsChunked(LstmGraph graph, Node node) => node.Reads.Concat(node.Writes).Any(value => graph.Values[value].Extent == ValueExtent.Chunk);
}
