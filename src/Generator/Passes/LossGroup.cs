using System.Linq;
using SdCompiler.Generator.Graph;

namespace SdCompiler.Generator.Passes;

/// <summary>The loss layer's product, loss, and gradients: consecutive nodes that run together, chunk by chunk, in the forward method.</summary>
internal static class LossGroup
{
    public static bool Contains(LstmGraph graph, int index)
    {
        if (index < 0 || index >= graph.Nodes.Length)
        {
            return false;
        }

        Node node = graph.Nodes[index];
        if (graph.LossLayer.Declared.Mixture is not null && !node.Reads.Concat(node.Writes).Any(value => graph.Values[value].Extent == ValueExtent.Chunk))
        {
            return false; // what a mixture computes for all steps before its logits, or from their gradients
        }

        return node.Layer == graph.Loss
            && node.Kind is NodeKind.Product or NodeKind.SoftmaxLoss or NodeKind.MixtureLoss or NodeKind.RegressionLoss or NodeKind.CrfLoss or NodeKind.LossGradient or NodeKind.CrfGradient or NodeKind.DataGradient or NodeKind.WeightGradient;
    }

    public static int First(LstmGraph graph) => Enumerable.Range(0, graph.Nodes.Length).First(i => Contains(graph, i));

    public static int Last(LstmGraph graph) => Enumerable.Range(0, graph.Nodes.Length).Last(i => Contains(graph, i));
}
