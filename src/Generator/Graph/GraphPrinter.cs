using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text;
using SdCompiler.Generator.Model;
using SdCompiler.Generator.Passes;

namespace SdCompiler.Generator.Graph;

/// <summary>A graph as text: what pass tests compare, and what tells whether two variants share a body. Prints what passes decided, nothing else.</summary>
internal static class GraphPrinter
{
    public static string Print(LstmGraph graph)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"graph {graph.Name} B={graph.BatchSize} T={graph.TimeSteps}");
        text.Append(graph.ChunkSteps > 0 ? string.Format(CultureInfo.InvariantCulture, " chunk={0}", graph.ChunkSteps) : string.Empty);
        text.Append(graph.WorkspaceFloats >= 0 ? string.Format(CultureInfo.InvariantCulture, " workspace={0}", graph.WorkspaceFloats) : string.Empty);
        text.Append('\n');
        foreach (ParameterInfo parameter in graph.Parameters)
        {
            text.Append($"parameter {parameter.Name} {parameter.Kind} [{Size(parameter.Rows)}, {Size(parameter.Columns)}]{(parameter.IsFrozen ? " frozen" : string.Empty)}\n");
        }

        for (int i = 0; i < graph.Sites.Length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"site {i} {graph.Sites[i].Constant} units={graph.Sites[i].Units} p={graph.Sites[i].Dropout.Rate}{(graph.Sites[i].DrawnOnce ? " once" : string.Empty)}\n");
        }

        foreach (Value value in graph.Values)
        {
            text.Append($"value {value.Name} {value.Layout} {value.Extent} {Size(value.Width)}");
            text.Append(value.Characters > 0 ? $" steps={Number(value.Characters)}" : string.Empty);
            text.Append(value.RowsEach == 1 ? string.Empty : $" rows=B*{Number(value.RowsEach)}");
            text.Append(value.FirstUse >= 0 ? string.Format(CultureInfo.InvariantCulture, " life={0}..{1}", value.FirstUse, value.IsState ? "end" : Number(value.LastUse)) : string.Empty);
            text.Append(value.Offset >= 0 ? string.Format(CultureInfo.InvariantCulture, " at={0}", value.Offset) : string.Empty);
            text.Append('\n');
        }

        Phase? phase = null;
        foreach (Node node in graph.Nodes)
        {
            text.Append(node.BarrierBefore ? "  --- barrier\n" : string.Empty);
            if (phase != node.Phase)
            {
                phase = node.Phase;
                text.Append($"{phase}:\n");
            }

            Print(text, graph, node);
        }

        return text.ToString();
    }

    private static void Print(StringBuilder text, LstmGraph graph, Node node)
    {
        text.Append($"  {graph.Layers[node.Layer].Label}: {node.Kind}({Values(graph, node.Reads)})");
        if (node.Parameters.Length > 0)
        {
            text.Append(" with ").Append(string.Join(", ", node.Parameters.Select(p => graph.Parameters[p].Name)));
        }

        if (node.Writes.Length > 0)
        {
            text.Append(" -> ").Append(string.Join(", ", node.Writes.Select((write, i) => (node.Accumulate(i) ? "+" : string.Empty) + graph.Values[write].Name)));
        }

        text.Append(node.Starts.Length > 0 ? $" at {string.Join(", ", node.Starts.Select(Number))}" : string.Empty);
        text.Append(node.Site >= 0 ? $" site={graph.Sites[node.Site].Constant}" : string.Empty);
        text.Append(node.Part is null ? string.Empty : $" rows={Number(node.Part.Start)}+{Number(node.Part.Rows)}");
        text.Append(node.ReadsPrevious ? " of the step before" : string.Empty);
        text.Append(node.HasSeed ? " seeded" : string.Empty);
        text.Append(node.GivesStart ? " with start" : string.Empty);
        text.Append(node.OnSource ? " on source" : string.Empty);
        text.Append(node.Chain > 0 ? " in chain " + Number(node.Chain) : string.Empty);
        text.Append(node.Form != ProductForm.None ? $" {node.Form}/{node.Order}" : string.Empty);
        text.Append(node.Unrolling != Unrolling.None ? $" unroll={node.Unrolling}" : string.Empty);
        text.Append('\n');
    }

    private static string Values(LstmGraph graph, ImmutableArray<int> values) => string.Join(", ", values.Select(value => graph.Values[value].Name));

    private static string Size(SizeModel size) => size.Dimension ?? Number(size.Constant);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static StringBuilder Append(this StringBuilder text, System.IFormatProvider culture, System.FormattableString line) => text.Append(line.ToString(culture));
}
