using System.Linq;
using SdCompiler.Generator.Graph;
using SdCompiler.Generator.Passes;

namespace SdCompiler.Generator.Emit;

/// <summary>One line above each group of calls, naming its equation (src/Runtime/EQUATIONS.md).</summary>
internal static class EquationComments
{
    public static string Of(LstmGraph graph, Node node)
    {
        string layer = graph.Layers[node.Layer].Name;
        string read = node.Reads.Length > 0 ? Source(graph, node.Reads[0]) : string.Empty;
        return node.Kind switch
        {
            NodeKind.Embedding => $"E1  x[t] = the vector of {layer} for the token of step t",
            NodeKind.Series => $"x[t] = the numbers of {layer} at step t",
            NodeKind.Concat => $"{layer}[t] = its sources side by side",
            NodeKind.MaskedCopy => $"M1  {Site(graph, node)}: {read} times mask and scale, element by element",
            NodeKind.PackedInput => $"M3  {Source(graph, node.Writes[0])}[t] = the units of {read}[t] that {Site(graph, node)} keeps, side by side and scaled",
            NodeKind.Product when graph.Values[node.Writes[0]].Layout == ValueLayout.Gates =>
                $"F1  a[t] = {read}[t].Wx + b for all t at once, panel outer, time inner{Kept(node)}",
            NodeKind.Product => $"F1  y[t] = {read}[t].W + b{Kept(node)}",
            NodeKind.MaskedWeights => $"D1  {Site(graph, node)}: Wd = {graph.Parameters[node.Parameters[0]].Field} * mask * scale, weight by weight, once per window",
            NodeKind.MaskedWeightsGradient => $"D2  {Site(graph, node)}: the gradient through the same mask and scale",
            NodeKind.Activation => $"A1  {layer}[t] = {graph.Layers[node.Layer].Declared.Activation} of y[t]",
            NodeKind.LastState => $"s = {read} of each row at its own last step",
            NodeKind.ActivationGradient => "A2  dy[t] = dx[t] times the derivative",
            NodeKind.DataGradient => $"B4  {Source(graph, node.Writes[0])}[t] {(node.Accumulate() ? "+=" : "=")} dy[t].W^T{KeptOutputs(node)}",
            NodeKind.WeightGradient => $"B5  d{graph.Parameters[node.Parameters[0]].Name} += {read}[t]^T.dy[t]{KeptUpdates(node)}",
            NodeKind.MaskedCopyGradient => $"M2  {Site(graph, node)}: the gradient through the same mask and scale",
            NodeKind.PenaltyGradient => "R1-R2  " + string.Join(
                "; ",
                new[]
                {
                    graph.Layers[node.Layer].Declared.ActivationPenalty > 0 ? $"dh[t] += 2 alpha/(units*rows) * {(node.Site >= 0 ? "mask^2 * " : string.Empty)}h[t]" : string.Empty,
                    graph.Layers[node.Layer].Declared.TemporalPenalty > 0 ? "dh[t] += 2 beta/(units*rows) * ((h[t] - h[t-1]) - (h[t+1] - h[t]))" : string.Empty,
                }.Where(text => text.Length > 0)),
            NodeKind.ConcatGradient => $"the gradient of {layer} goes to its sources",
            NodeKind.LastStateGradient => "the gradient goes to each row's own last step",
            NodeKind.EmbeddingGradient => $"E2  d{graph.Parameters[node.Parameters[0]].Name}[token] += dx[t], over the distinct tokens of the window",
            _ => string.Empty,
        };
    }

    private static string Source(LstmGraph graph, int value) => graph.Values[value].Name;

    private static string Site(LstmGraph graph, Node node) =>
        $"{graph.Sites[node.Site].Kind.ToString().ToLowerInvariant()} dropout of {graph.Layers[graph.Sites[node.Site].Layer].Name}";

    private static string Kept(Node node) => node.Form == ProductForm.KeptRows ? "; at step t only the kept rows of the weights" : string.Empty;

    private static string KeptOutputs(Node node) => node.Form == ProductForm.KeptOutputs ? "; at step t only the kept units, the others are 0" : string.Empty;

    private static string KeptUpdates(Node node) => node.Form == ProductForm.KeptRowUpdates ? "; at step t only the kept rows receive anything" : string.Empty;
}
