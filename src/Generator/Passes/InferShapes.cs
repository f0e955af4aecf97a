using System.Collections.Immutable;
using System.Linq;
using SdCompiler.Generator.Graph;
using SdCompiler.Generator.Model;

namespace SdCompiler.Generator.Passes;

/// <summary>
/// Needs the forward graph, in order. Guarantees a width for every value, rows for every parameter and units for every site.
/// </summary>
internal static class InferShapes
{
    public static LstmGraph Run(LstmGraph graph)
    {
        ImmutableArray<Value>.Builder values = graph.Values.ToBuilder();
        ImmutableArray<ParameterInfo>.Builder parameters = graph.Parameters.ToBuilder();
        ImmutableArray<Node>.Builder nodes = graph.Nodes.ToBuilder();
        int[] units = new int[graph.Sites.Length];
        for (int i = 0; i < nodes.Count; i++)
        {
            Node node = nodes[i];
            switch (node.Kind)
            {
                case NodeKind.Concat:
                    int sum = node.Reads.Sum(read => values[read].Width.Constant);
                    values[node.Writes[0]] = values[node.Writes[0]] with { Width = SizeModel.Of(sum) };
                    SetUnits(DropoutSites.Output, node.Layer, sum); // both directions of an LSTM
                    break;
                case NodeKind.LastState:
                    values[node.Writes[0]] = values[node.Writes[0]] with { Width = values[node.Reads[0]].Width };
                    break;
                case NodeKind.Characters:
                    SetUnits(DropoutSites.Input, node.Layer, values[node.Writes[0]].Width.Constant);
                    break;
                case NodeKind.Embedding:
                    SetUnits(DropoutSites.Output, node.Layer, values[node.Writes[0]].Width.Constant);
                    break;
                case NodeKind.Product:
                    int width = values[node.Reads[0]].Width.Constant;
                    ParameterInfo matrix = parameters[node.Parameters[0]];
                    int rows = width;
                    if (node.Part is not null)
                    {
                        // Inputs side by side: the rows of the matrix are those of its parts, in the order of their numbers.
                        nodes[i] = node with { Part = node.Part with { Start = node.Part.Start < 0 ? matrix.Rows.Constant : node.Part.Start, Rows = width } };
                        rows += matrix.Rows.Constant;
                    }

                    parameters[node.Parameters[0]] = matrix with { Rows = SizeModel.Of(rows), Inputs = rows * matrix.Taps };
                    if (node.Parameters.Length > 1)
                    {
                        parameters[node.Parameters[1]] = parameters[node.Parameters[1]] with { Inputs = width };
                    }

                    if (!node.ReadsPrevious)
                    {
                        SetUnits(graph.SiteKindOf(node), node.Layer, width);
                    }

                    break;
                case NodeKind.RecurrentProduct:
                    int recurrent = values[node.Reads[0]].Width.Constant;
                    parameters[node.Parameters[0]] = parameters[node.Parameters[0]] with { Inputs = recurrent };
                    SetUnits(DropoutSites.Recurrent, node.Layer, recurrent);
                    SetUnits(DropoutSites.Weight, node.Layer, recurrent);
                    break;
                case NodeKind.HiddenState:
                    SetUnits(DropoutSites.Output, node.Layer, values[node.Writes[0]].Width.Constant);
                    break;
                case NodeKind.Activation:
                    SetUnits(DropoutSites.Output, node.Layer, values[node.Writes[1]].Width.Constant);
                    break;
            }
        }

        return graph with
        {
            Values = values.ToImmutable(),
            Nodes = nodes.ToImmutable(),
            Parameters = parameters.ToImmutable(),
            Sites = graph.Sites.Select((site, i) => site with { Units = units[i] }).ToImmutableArray(),
        };

        void SetUnits(DropoutSites kind, int layer, int count)
        {
            int site = graph.SiteOf(layer, kind);
            if (site >= 0)
            {
                units[site] = count;
            }
        }
    }
}
