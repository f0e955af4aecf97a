using System;
using SdCompiler.Generator.Graph;

namespace SdCompiler.Generator.Emit;

/// <summary>A recurrent chain as a predictor runs it: a loop, because its length is known at run time.</summary>
internal static class PredictorChain
{
    /// <param name="writer">Where to.</param>
    /// <param name="graph">The graph.</param>
    /// <param name="node">The fused cell.</param>
    /// <param name="window">The window whose steps the chain walks along.</param>
    /// <param name="rows">The stride of its rows.</param>
    /// <param name="place">Where slot 0 of a value lies.</param>
    public static void Emit(SourceWriter writer, LstmGraph graph, Node node, string window, string rows, Func<Value, string> place)
    {
        bool reverse = graph.Layers[node.Layer].IsReverse;
        Value gates = graph.Values[node.Reads[0]];
        Value h = graph.Values[node.Reads[1]];
        Value c = graph.Values[node.Reads[2]];
        string before = reverse ? "(t + 2)" : "t";
        using (writer.Block(reverse ? $"for (int t = {window}.Steps - 1; t >= 0; t--)" : $"for (int t = 0; t < {window}.Steps; t++)"))
        {
            writer.Line(
                $"LstmCell.Forward{(reverse ? "Reverse" : string.Empty)}(lane, {window}, t, {graph.Parameters[node.Parameters[0]].Field}, Ws, {Text.Of(h.Width.Constant)}, {place(gates)} + (t * {rows} * {Text.Of(gates.PaddedWidth)}), "
                + $"{place(h)} + ({before} * {rows} * {Text.Of(h.PaddedWidth)}), {place(h)} + ((t + 1) * {rows} * {Text.Of(h.PaddedWidth)}), "
                + $"{place(c)} + ({before} * {rows} * {Text.Of(c.PaddedWidth)}), {place(c)} + ((t + 1) * {rows} * {Text.Of(c.PaddedWidth)}), {rows}, -1, -1);");
            writer.Line("lane.Barrier();");
        }
    }

    public static string Comment(LstmGraph graph, Node node) => graph.Layers[node.Layer].IsReverse
        ? "F1-F4, R1  a[t] += h[t+1].Wh; i, f, o = sigmoid, g = tanh; c[t] = f*c[t+1] + i*g; h[t] = o*tanh(c[t])"
        : "F1-F4  a[t] += h[t-1].Wh; i, f, o = sigmoid, g = tanh; c[t] = f*c[t-1] + i*g; h[t] = o*tanh(c[t])";

    /// <summary>What a predictor calls the window over the words of an input whose time is the character.</summary>
    public static string Words(LstmGraph graph, int layer) => $"w.Characters({Text.Of(graph.Inputs.IndexOf(graph.InputOf(layer)))}).Words.Shape";

    /// <summary>Slots of a value whose time is the character.</summary>
    public static int Slots(Value value) => value.Characters + value.Extent switch { ValueExtent.Carried => 1, ValueExtent.Reversed => 2, _ => 0 };
}
