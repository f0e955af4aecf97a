using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using SdCompiler.Generator.Graph;
using SdCompiler.Generator.Model;

namespace SdCompiler.Generator.Passes;

/// <summary>
/// Needs the masked forward graph; for CUDA. Guarantees that a product over all steps has a site only where one list of a fixed length serves the whole window: then
/// the kept rows of its weights are gathered once a window, and all three products shrink. Elsewhere it reads a masked copy, for the patterns that the batch shares too: on a GPU
/// these products are single large ones that read each weight once; cut into one compacted product for each step they would read the kept weights once a step,
/// which costs more than half the arithmetic saves. Products of a recurrent chain keep their site, because there each step is a product of its own.
/// </summary>
internal static class MaskWholeWindows
{
    public static LstmGraph Run(LstmGraph graph, VariantModel variant)
    {
        graph = graph with { Sites = graph.Sites.Select(site => site with { DrawnOnce = IsDrawnOnce(site, variant) }).ToImmutableArray() };
        Dictionary<(int Value, int Site), int> copies = new();
        ImmutableArray<Value>.Builder values = graph.Values.ToBuilder();
        ImmutableArray<Node>.Builder nodes = ImmutableArray.CreateBuilder<Node>();
        foreach (Node node in graph.Nodes)
        {
            nodes.Add(node.Kind == NodeKind.Product && node.Site >= 0 && !graph.Sites[node.Site].DrawnOnce ? node with { Reads = [Copy(node.Reads[0], node.Site)], Site = -1 } : node);
        }

        return graph with { Values = values.ToImmutable(), Nodes = nodes.ToImmutable() };

        int Copy(int value, int site)
        {
            if (!copies.TryGetValue((value, site), out int copy))
            {
                SiteInfo info = graph.Sites[site];
                Value source = values[value];
                ValueExtent extent = source.StepsExtent;
                values.Add(source with { Name = $"Masked{info.Kind}_{graph.Layers[info.Layer].Name}", Extent = extent, Layer = info.Layer });
                copy = values.Count - 1;
                copies.Add((value, site), copy);
                nodes.Add(new Node(NodeKind.MaskedCopy, Phase.Forward, info.Layer, [value], [copy], []) { Site = site });
            }

            return copy;
        }
    }

    private static bool IsDrawnOnce(SiteInfo site, VariantModel variant)
    {
        SiteChoice choice = SiteChoice.Of(site, variant);
        return choice.Active && choice.Pattern == DropoutPattern.StructuredFixed && choice.Sampling == MaskSampling.FixedCount;
    }
}
