using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using SdCompiler.Generator.Graph;

namespace SdCompiler.Generator.Passes;

/// <summary>
/// Needs the final nodes in their final order. Guarantees that all lanes meet before a node that uses what other lanes may still be
/// writing or reading, and nowhere else: a lane that owns a panel of columns goes on with the same panel without waiting. A recurrent chain, each step of a chain of several layers, and each
/// chunk of the loss, ends with a barrier of its own.
/// </summary>
internal static class PlaceBarriers
{
    public static LstmGraph Run(LstmGraph graph)
    {
        List<Access> open = new();
        ImmutableArray<Node>.Builder nodes = ImmutableArray.CreateBuilder<Node>();
        for (int i = 0; i < graph.Nodes.Length; i++)
        {
            Node node = graph.Nodes[i];
            Access[] accesses = Access.At(graph, i).ToArray();
            bool entersHalf = node.Half >= 0 && (i == 0 || graph.Nodes[i - 1].Half != node.Half);
            if (entersHalf && node.Half == 1)
            {
                open.Clear(); // what the other half does is nothing to this one
            }

            // Each half has barriers of its own: all lanes meet before the first of them begins, because nobody looks into both.
            bool barrier = entersHalf ? open.Count > 0 : accesses.Any(access => open.Any(access.ConflictsWith));
            if (barrier)
            {
                open.Clear();
            }

            nodes.Add(node with { BarrierBefore = barrier });
            open.AddRange(Access.After(graph, node));
            if (EndsWithBarrier(graph, i))
            {
                open.Clear();
            }
        }

        return graph with { Nodes = nodes.ToImmutable() };
    }

    /// <summary>Whether lanes have met when this node is done, without a barrier before the next.</summary>
    public static bool EndsWithBarrier(LstmGraph graph, int node)
    {
        NodeKind kind = graph.Nodes[node].Kind;
        return EndsHalves(graph, node)
            || (kind is NodeKind.RecurrentCell or NodeKind.RecurrentCellGradient && graph.Nodes[node].Chain == 0)
            || StepChains.IsLast(graph, node)
            || (LossGroup.Contains(graph, node) && !LossGroup.Contains(graph, node + 1));
    }

    /// <summary>Whether a node is the last one of the second half, where all lanes meet.</summary>
    public static bool EndsHalves(LstmGraph graph, int node) =>
        graph.Nodes[node].Half == 1 && (node + 1 == graph.Nodes.Length || graph.Nodes[node + 1].Half != 1);
}
