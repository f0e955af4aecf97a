using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using SdCompiler.Generator.Graph;

namespace SdCompiler.Generator.Passes;

/// <summary>
/// Needs forms of products. Guarantees one node for the recurrent cell of each layer and direction of time, because the kernels compute gates, cell and state of
/// 8 units while the panel of their pre-activations is in registers; and one node for a loss and its gradient, because both need the same exponentials.
/// </summary>
internal static class FuseGates
{
    public static LstmGraph Run(LstmGraph graph)
    {
        ImmutableArray<Node>.Builder nodes = ImmutableArray.CreateBuilder<Node>();
        HashSet<(NodeKind, int)> done = new();
        foreach (Node node in graph.Nodes)
        {
            NodeKind fused = FusedKind(node.Kind);
            if (node.Kind == NodeKind.LossGradient)
            {
                continue; // the loss writes its gradient over the logits
            }

            if (fused == node.Kind)
            {
                nodes.Add(node);
            }
            else if (done.Add((fused, node.Layer)))
            {
                nodes.Add(Fuse(fused, graph.Nodes.Where(other => other.Layer == node.Layer && FusedKind(other.Kind) == fused && other.Kind != fused).ToArray()));
            }
        }

        return graph with { Nodes = nodes.ToImmutable() };
    }

    private static NodeKind FusedKind(NodeKind kind) => kind switch
    {
        NodeKind.MaskedState or NodeKind.PackedState or NodeKind.RecurrentProduct or NodeKind.Gates or NodeKind.CellState or NodeKind.HiddenState => NodeKind.RecurrentCell,
        NodeKind.HiddenGradient or NodeKind.GateGradient or NodeKind.RecurrentDataGradient or NodeKind.MaskedStateGradient => NodeKind.RecurrentCellGradient,
        _ => kind,
    };

    private static Node Fuse(NodeKind kind, Node[] parts)
    {
        Node Part(NodeKind part) => parts.First(node => node.Kind == part);
        if (kind == NodeKind.RecurrentCell)
        {
            Node product = Part(NodeKind.RecurrentProduct);
            Node? mask = parts.FirstOrDefault(node => node.Kind is NodeKind.MaskedState or NodeKind.PackedState);
            int gates = product.Writes[0];
            int h = Part(NodeKind.HiddenState).Writes[0];
            int c = Part(NodeKind.CellState).Writes[0];
            ImmutableArray<int> values = mask is null ? [gates, h, c] : [gates, h, c, mask.Writes[0]];
            return product with { Kind = kind, Reads = values, Writes = values, Site = mask?.Site ?? product.Site };
        }

        Node hidden = Part(NodeKind.HiddenGradient);
        Node back = Part(NodeKind.RecurrentDataGradient);
        Node? unmask = parts.FirstOrDefault(node => node.Kind == NodeKind.MaskedStateGradient);
        return back with
        {
            Kind = kind,
            Reads = [hidden.Writes[0], hidden.Reads[3], hidden.Reads[0]],
            Writes = [hidden.Writes[0], back.Writes[0], hidden.Writes[1]],
            Site = unmask?.Site ?? back.Site,
        };
    }
}
