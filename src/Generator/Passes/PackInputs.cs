using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using SdCompiler.Generator.Graph;

namespace SdCompiler.Generator.Passes;

/// <summary>
/// Needs forms. Guarantees that a product which walks along a list of kept units reads a value that holds these units alone, side by side and scaled, and that the
/// weight gradient reads the same value: each panel of weights passes by all of x at every step, so one copy of half of x saves many scattered reads. Products
/// that share a list and a source share the copy.
/// </summary>
internal static class PackInputs
{
    public static LstmGraph Run(LstmGraph graph)
    {
        Dictionary<(int Value, int Site), int> packed = new();
        ImmutableArray<Value>.Builder values = graph.Values.ToBuilder();
        ImmutableArray<Node>.Builder nodes = ImmutableArray.CreateBuilder<Node>();
        foreach (Node node in graph.Nodes)
        {
            bool reads = node.Form is ProductForm.KeptRows or ProductForm.KeptRowUpdates;
            nodes.Add(reads ? node with { Reads = node.Reads.SetItem(0, Packed(node)) } : node);
        }

        return graph with { Values = values.ToImmutable(), Nodes = StepChains.Settle(nodes) };

        int Packed(Node node)
        {
            int x = node.Reads[0];
            if (!packed.TryGetValue((x, node.Site), out int copy))
            {
                SiteInfo site = graph.Sites[node.Site];
                Value source = graph.Values[x];
                values.Add(source with
                {
                    Name = $"Packed{(site.Kind == DropoutSites.Weight ? DropoutSites.Recurrent : site.Kind)}_{graph.Layers[site.Layer].Name}",
                    Extent = source.StepsExtent,
                    Layer = node.Layer,
                });
                copy = values.Count - 1;
                packed.Add((x, node.Site), copy);
                NodeKind kind = node.Kind == NodeKind.RecurrentProduct ? NodeKind.PackedState : NodeKind.PackedInput;
                nodes.Add(new Node(kind, Phase.Forward, node.Layer, [x], [copy], []) { Site = node.Site, OnSource = node.OnSource, Chain = kind == NodeKind.PackedState ? node.Chain : 0 });
            }

            return copy;
        }
    }
}
