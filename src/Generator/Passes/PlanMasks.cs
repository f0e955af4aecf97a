using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using SdCompiler.Generator.Graph;
using SdCompiler.Generator.Model;

namespace SdCompiler.Generator.Passes;

/// <summary>
/// Needs shapes and the forward graph only, because <see cref="BuildBackward"/> derives the gradient of a masked product from the masked product.
/// Guarantees that every active site acts: a site whose mask the batch shares becomes a list of kept units on the products that read it; one
/// drawn per sample becomes an element-wise copy. Dropout of a layer's output goes on into every product that has none of its own at its input; other
/// readers get a copy. A product whose site drops nothing in this variant keeps the site, with all units kept, so that variants share code.
/// </summary>
internal static class PlanMasks
{
    public static LstmGraph Run(LstmGraph graph, VariantModel variant)
    {
        ImmutableArray<SiteChoice> choices = graph.Sites.Select(site => SiteChoice.Of(site, variant)).ToImmutableArray();
        Dictionary<int, int> outputSites = OutputSites(graph);
        Dictionary<(int Value, int Site), int> copies = new();
        ImmutableArray<Value>.Builder values = graph.Values.ToBuilder();
        ImmutableArray<Node>.Builder nodes = ImmutableArray.CreateBuilder<Node>();
        Node reader = graph.Nodes[0];
        foreach (Node node in graph.Nodes)
        {
            reader = node;
            switch (node.Kind)
            {
                case NodeKind.Product:
                    AddProduct(node);
                    break;
                case NodeKind.RecurrentProduct:
                    AddRecurrent(node);
                    break;
                case NodeKind.Characters:
                    // A mask of a row serves all characters of its word: it is applied where they are looked up.
                    int own = graph.SiteOf(node.Layer, DropoutSites.Input);
                    nodes.Add(own >= 0 && choices[own].IsElementwise ? node with { Site = own } : node);
                    break;
                case NodeKind.Attention:
                    // Keys and memory come from a masked copy already, or from products with the list.
                    nodes.Add(node with { Reads = node.Reads.SetItem(0, MaskedOutput(node.Reads[0])) });
                    break;
                case NodeKind.Concat or NodeKind.LastState or NodeKind.AttentionMemory:
                    nodes.Add(node with { Reads = node.Reads.Select(MaskedOutput).ToImmutableArray() });
                    break;
                default:
                    nodes.Add(node);
                    break;
            }
        }

        return graph with { Values = values.ToImmutable(), Nodes = StepChains.Settle(nodes) };

        void AddProduct(Node node)
        {
            int x = node.Reads[0];
            int own = node.ReadsPrevious ? -1 : graph.SiteOf(node.Layer, graph.SiteKindOf(node)); // what is fed back has the dropout of who gave it
            int output = outputSites.TryGetValue(x, out int found) ? found : -1;
            bool outputActs = output >= 0 && choices[output].Active;
            int site = own;
            if (own < 0 || (outputActs && !choices[own].Active))
            {
                site = output; // the source's own dropout, with nothing in between: its list serves this product
            }
            else if (outputActs)
            {
                x = Copy(x, output);
            }

            if (site >= 0 && choices[site].IsElementwise)
            {
                x = graph.IsOfCharacters(values[x]) ? x : Copy(x, site);
                site = -1;
            }

            nodes.Add(node with { Reads = [x], Site = site });
        }

        void AddRecurrent(Node node)
        {
            int weights = graph.SiteOf(node.Layer, DropoutSites.Weight);
            if (weights >= 0 && choices[weights].IsElementwise)
            {
                // Other weights, the same product: every phase reads the dropped copy.
                // They are dropped once, before the chain that reads them.
                int place = node.Chain == 0 ? nodes.Count : nodes.TakeWhile(other => other.Chain != node.Chain).Count();
                nodes.Insert(place, new Node(NodeKind.MaskedWeights, Phase.Forward, node.Layer, [], [], node.Parameters) { Site = weights, OnSource = node.OnSource });
                nodes.Add(node);
                return;
            }

            // Whole rows of Wh are units of h: the list of a weight site drives the products as that of a recurrent site does.
            int site = weights >= 0 ? weights : graph.SiteOf(node.Layer, DropoutSites.Recurrent);
            if (site < 0 || !choices[site].IsElementwise)
            {
                nodes.Add(node with { Site = site });
                return;
            }

            int h = node.Reads[0];
            values.Add(new Value("MaskedH_" + graph.Layers[node.Layer].Name, ValueLayout.UnitMajor, ValueExtent.Steps, values[h].Width, node.Layer));
            int masked = values.Count - 1;
            nodes.Add(new Node(NodeKind.MaskedState, Phase.Forward, node.Layer, [h], [masked], []) { Site = site, OnSource = node.OnSource, Chain = node.Chain });
            nodes.Add(node with { Reads = node.Reads.SetItem(0, masked) });
        }

        int MaskedOutput(int value) =>
            outputSites.TryGetValue(value, out int site) && choices[site].Active ? Copy(value, site) : value;

        int Copy(int value, int site)
        {
            if (!copies.TryGetValue((value, site), out int copy))
            {
                SiteInfo info = graph.Sites[site];
                string name = $"Masked{info.Kind}_{graph.Layers[info.Layer].Name}";
                values.Add(values[value] with { Name = name, Layout = ValueLayout.UnitMajor, Extent = values[value].StepsExtent, Layer = info.Layer });
                copy = values.Count - 1;
                copies.Add((value, site), copy);
                nodes.Add(new Node(NodeKind.MaskedCopy, Phase.Forward, info.Layer, [value], [copy], []) { Site = site, OnSource = reader.OnSource });
            }

            return copy;
        }
    }

    /// <summary>The values that a layer gives to its readers, with the site of its output dropout.</summary>
    private static Dictionary<int, int> OutputSites(LstmGraph graph)
    {
        Dictionary<int, int> sites = new();
        foreach (Node node in graph.Nodes)
        {
            if (node.Kind is NodeKind.Embedding or NodeKind.HiddenState or NodeKind.Activation or NodeKind.Concat)
            {
                int site = graph.SiteOf(node.Layer, DropoutSites.Output);
                if (site >= 0)
                {
                    sites.Add(node.Writes[node.Writes.Length - 1], site);
                }
            }
            else if (node.Kind == NodeKind.Characters && graph.Values[node.Writes[0]].Characters > 0 && graph.SiteOf(node.Layer, DropoutSites.Input) is int own and >= 0)
            {
                sites.Add(node.Writes[0], own); // both directions read the same masked characters
            }
        }

        return sites;
    }
}
