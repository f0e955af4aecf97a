using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using SdCompiler.Generator.Graph;

namespace SdCompiler.Generator.Passes;

/// <summary>
/// Needs fused chains. Guarantees that the two directions of a bidirectional LSTM stand side by side, each on its half of the lanes: they read no state of each other, and a chain of small products
/// waits more at its barriers than it computes. What both touch, such as the gradient of their common input, is done by all lanes: before the halves on the way forward, behind them on the way back.
/// </summary>
internal static class SplitDirections
{
    public static LstmGraph Run(LstmGraph graph)
    {
        List<Node> nodes = graph.Nodes.ToList();
        for (int layer = 0; layer + 1 < graph.Layers.Length; layer++)
        {
            if (graph.Layers[layer + 1].IsReverse)
            {
                Split(nodes, layer, isForward: true);
                Split(nodes, layer, isForward: false);
            }
        }

        return graph with { Nodes = nodes.ToImmutableArray() };
    }

    private static void Split(List<Node> nodes, int layer, bool isForward)
    {
        int[] own = Enumerable.Range(0, nodes.Count)
            .Where(i => (nodes[i].Layer == layer || nodes[i].Layer == layer + 1) && nodes[i].Phase == Phase.Forward == isForward)
            .ToArray();
        int first = own[0];
        if (own[own.Length - 1] - first + 1 != own.Length)
        {
            return; // something stands between them: one direction after the other
        }

        Node[] region = nodes.Skip(first).Take(own.Length).ToArray();
        Node[] shared = region.Where(node => region.Any(other => other.Layer != node.Layer
            && (WriteTheSame(node, other) || (isForward ? DependsOn(other, node) : DependsOn(node, other))))).ToArray();
        Node[] alone = region.Except(shared).ToArray();
        if ((isForward ? shared.Any(node => alone.Any(other => DependsOn(node, other))) : alone.Any(node => shared.Any(other => DependsOn(node, other))))
            || alone.Any(node => alone.Any(other => other.Layer != node.Layer && Touch(node, other))))
        {
            return;
        }

        IEnumerable<Node> halves = alone.Where(node => node.Layer == layer).Select(node => node with { Half = 0 })
            .Concat(alone.Where(node => node.Layer == layer + 1).Select(node => node with { Half = 1 }));
        nodes.RemoveRange(first, own.Length);
        nodes.InsertRange(first, isForward ? shared.Concat(halves) : halves.Concat(shared));
    }

    /// <summary>Whether one of two nodes writes what the other reads or writes.</summary>
    public static bool Touch(Node node, Node other) => DependsOn(node, other) || DependsOn(other, node) || WriteTheSame(node, other);

    private static bool WriteTheSame(Node node, Node other) => node.Writes.Any(other.Writes.Contains);

    private static bool DependsOn(Node node, Node earlier) => node.Reads.Any(earlier.Writes.Contains);
}
