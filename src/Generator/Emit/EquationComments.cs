using SdCompiler.Generator.Graph;
using SdCompiler.Generator.Passes;

namespace SdCompiler.Generator.Emit;

/// <summary>One line above each group of calls, naming its equation (src/Runtime/EQUATIONS.md).</summary>
internal static class EquationComments
{
    public const string CellGradient = "B1-B3  dh = from above + from step t+1; dc += dh*o*(1 - tanh(c)^2); gates become da; dc *= f; dh[t-1] = da[t].Wh^T";

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
            NodeKind.Product when node.ReadsPrevious => $"D6  a[t] += {read}[t-1].Wx, the rows of what is fed back; nothing at the first step{Kept(node)}",
            NodeKind.Product when node.Chain == 0 && graph.Values[node.Writes[0]].Layout == ValueLayout.Gates =>
                $"F1  a[t] = {read}[t].Wx + b for all t at once, panel outer, time inner{Kept(node)}",
            NodeKind.Product => $"F1  {(graph.Values[node.Writes[0]].Layout == ValueLayout.Gates ? "a" : "y")}[t] {(node.Accumulate() ? "+=" : "=")} {read}[t].W{(node.Parameters.Length > 1 ? " + b" : string.Empty)}{Kept(node)}",
            NodeKind.Activation when graph.Layers[node.Layer].Declared.Kind == Model.LayerKind.Attention => $"D5  {layer}[t] = tanh of y[t]",
            NodeKind.StateBridge => $"D1  {layer} starts at {read} and its cells after each sentence's own last step",
            NodeKind.AttentionMemory => $"the states of {read} as rows, for attention",
            NodeKind.Attention => $"D2-D4  e[j] = score of {read}[t] and {Source(graph, node.Reads[1])}[j]; alpha = softmax(e) over the sentence's own steps; context = sum of alpha[j] {Source(graph, node.Reads[2])}[j]",
            NodeKind.StateBridgeGradient => $"D10  the gradient of where {layer} starts goes to each sentence's own last step",
            NodeKind.AttentionMemoryGradient => $"{Source(graph, node.Writes[0])} {(node.Accumulate() ? "+=" : "=")} {read}",
            NodeKind.AttentionGradient => "D7-D8  dalpha[j] = dcontext.m[j]; de = alpha * (dalpha - sum of alpha*dalpha); dm[j] += alpha[j] dcontext; de goes to query and keys",
            NodeKind.AttentionVectorGradient => $"D8  d{graph.Parameters[node.Parameters[0]].Name} = sum over rows",
            NodeKind.DataGradient when node.ReadsPrevious => $"D9  {Source(graph, node.Writes[0])}[t-1] += da[t].Wx^T, the rows of what is fed back{KeptOutputs(node)}",
            NodeKind.WeightGradient when node.ReadsPrevious => $"D9  d{graph.Parameters[node.Parameters[0]].Name} += {read}[t-1]^T.da[t], the rows of what is fed back{KeptUpdates(node)}",
            NodeKind.Activation => $"A1  {layer}[t] = {graph.Layers[node.Layer].Declared.Activation} of y[t]",
            NodeKind.LastState => $"s = {read} of each row at its own last step",
            NodeKind.ActivationGradient => "A2  dy[t] = dx[t] times the derivative",
            NodeKind.DataGradient => $"B4  {Source(graph, node.Writes[0])}[t] {(node.Accumulate() ? "+=" : "=")} dy[t].W^T{KeptOutputs(node)}",
            NodeKind.WeightGradient => $"B5  d{graph.Parameters[node.Parameters[0]].Name} += {read}[t]^T.dy[t]{KeptUpdates(node)}",
            NodeKind.MaskedCopyGradient => $"M2  {Site(graph, node)}: the gradient through the same mask and scale",
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
