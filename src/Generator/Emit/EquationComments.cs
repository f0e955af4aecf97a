using System.Linq;
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
            NodeKind.Product when graph.Values[node.Writes[0]].Characters == 0 && graph.IsOfCharacters(graph.Values[node.Writes[0]]) => $"S2  q[t][c] = {read}[t][c].W, what each character adds to each tap of each filter{Kept(node)}",
            NodeKind.Product when node.ReadsPrevious => $"T6  a[t] += {read}[t-1].Wx, the rows of what is fed back; nothing at the first step{Kept(node)}",
            NodeKind.Product when node.Chain == 0 && graph.Values[node.Writes[0]].Layout == ValueLayout.Gates =>
                $"F1  a[t] = {read}[t].Wx + b for all t at once, panel outer, time inner{Kept(node)}",
            NodeKind.Product when graph.Layers[node.Layer].Declared.Mixture is not null && node.Parameters.Length == 1 => $"X2  scores[t] = {read}[t].P, whose softmax weighs the experts{Kept(node)}",
            NodeKind.Product when graph.Layers[node.Layer].Declared.Mixture is not null && graph.Values[node.Writes[0]].Extent == ValueExtent.Chunk =>
                $"X3  y[t] = {read}[t].W + b for the contexts of all experts{Kept(node)}",
            NodeKind.Product when graph.Layers[node.Layer].Declared.Mixture is not null => $"X1  y[t] = {read}[t].W + b, the contexts of all experts before tanh{Kept(node)}",
            NodeKind.Contexts => "X1  c[t] = tanh(y[t]), a row for each expert",
            NodeKind.ContextsGradient => "X6  dy[t] = dc[t] * (1 - y[t]^2), in place of y[t]",
            NodeKind.MixtureLoss => "X4, X5  loss = -log(sum over k of pi[k] * softmax(y[k])[target]); while training y[k] becomes dy[k] = r[k] (softmax(y[k]) - onehot) / rows, and the scores (pi - r) / rows",
            NodeKind.Product => $"F1  {(graph.Values[node.Writes[0]].Layout == ValueLayout.Gates ? "a" : "y")}[t] {(node.Accumulate() ? "+=" : "=")} {read}[t].W{(node.Parameters.Length > 1 ? " + b" : string.Empty)}{Kept(node)}",
            NodeKind.MaskedWeights => $"D1  {Site(graph, node)}: Wd = {graph.Parameters[node.Parameters[0]].Field} * mask * scale, weight by weight, once per window",
            NodeKind.MaskedWeightsGradient => $"D2  {Site(graph, node)}: the gradient through the same mask and scale",
            NodeKind.Activation when graph.Layers[node.Layer].Declared.Kind == Model.LayerKind.Attention => $"T5  {layer}[t] = tanh of y[t]",
            NodeKind.StateBridge => $"T1  {layer} starts at {read} and its cells after each sentence's own last step",
            NodeKind.AttentionMemory => $"the states of {read} as rows, for attention",
            NodeKind.Attention => $"T2-T4  e[j] = score of {read}[t] and {Source(graph, node.Reads[1])}[j]; alpha = softmax(e) over the sentence's own steps; context = sum of alpha[j] {Source(graph, node.Reads[2])}[j]",
            NodeKind.StateBridgeGradient => $"T10  the gradient of where {layer} starts goes to each sentence's own last step",
            NodeKind.AttentionMemoryGradient => $"{Source(graph, node.Writes[0])} {(node.Accumulate() ? "+=" : "=")} {read}",
            NodeKind.AttentionGradient => "T7-T8  dalpha[j] = dcontext.m[j]; de = alpha * (dalpha - sum of alpha*dalpha); dm[j] += alpha[j] dcontext; de goes to query and keys",
            NodeKind.AttentionVectorGradient => $"T8  d{graph.Parameters[node.Parameters[0]].Name} = sum over rows",
            NodeKind.DataGradient when node.ReadsPrevious => $"T9  {Source(graph, node.Writes[0])}[t-1] += da[t].Wx^T, the rows of what is fed back{KeptOutputs(node)}",
            NodeKind.WeightGradient when node.ReadsPrevious => $"T9  d{graph.Parameters[node.Parameters[0]].Name} += {read}[t-1]^T.da[t], the rows of what is fed back{KeptUpdates(node)}",
            NodeKind.Activation => $"A1  {layer}[t] = {graph.Layers[node.Layer].Declared.Activation} of y[t]",
            NodeKind.LastState when node.Starts.Length > 0 => $"s = {read} of each row where each direction ends: at its own last step, and at step 0",
            NodeKind.LastState => $"s = {read} of each row at its own last step",
            NodeKind.ReverseStart => "R1  h and c behind each row's last step = 0",
            NodeKind.ActivationGradient => "A2  dy[t] = dx[t] times the derivative",
            NodeKind.DataGradient => $"B4  {Source(graph, node.Writes[0])}[t] {(node.Accumulate() ? "+=" : "=")} dy[t].W^T{KeptOutputs(node)}",
            NodeKind.WeightGradient => $"B5  d{graph.Parameters[node.Parameters[0]].Name} += {read}[t]^T.dy[t]{KeptUpdates(node)}",
            NodeKind.Characters when graph.Values[node.Writes[0]].Characters > 0 => $"S6  x[p] = the vector of {layer} for character p of each word, the longest words first{(node.Site < 0 ? string.Empty : ", times the mask of the word")}",
            NodeKind.WordEnds => $"S7  {layer}[t] = h of the forward direction at each word's last character, h of the backward one at its first",
            NodeKind.WordEndsGradient => "S8  dy[t] goes to where each direction ended, 0 to the other characters",
            NodeKind.CharacterGradient when graph.Values[node.Reads[0]].Characters > 0 => $"S9  d{graph.Parameters[node.Parameters[0]].Name}[character] += dx[p], over the distinct characters of the window",
            NodeKind.Characters => $"S1  x[t][c] = the vector of {layer} for each character of the words of step t{(node.Site < 0 ? string.Empty : ", times the mask of the word's row")}",
            NodeKind.CharacterPool => $"S3  {layer}[t] = bias + the largest sum of taps anywhere in each word, and its place",
            NodeKind.CharacterPoolGradient => "S4  dy[t] goes to the taps at the largest place of each word, and to no others",
            NodeKind.CharacterBiasGradient => $"S4  d{graph.Parameters[node.Parameters[0]].Name} = sum of dy[t]",
            NodeKind.CharacterGradient => $"S5  d{graph.Parameters[node.Parameters[0]].Name}[character] += dx[t][c], over the distinct characters of the window",
            NodeKind.CrfLoss => "C1-C5  loss = log(sum over all paths of e^score) - score of the target path; while training y becomes dy (C6), else the best path decides the hits",
            NodeKind.CrfGradient => "C6  gradients of the transition, start and end scores: the rows' parts, added in ascending order",
            NodeKind.MaskedCopyGradient => $"M2  {Site(graph, node)}: the gradient through the same mask and scale",
            NodeKind.PenaltyGradient => "P1-P2  " + string.Join(
                "; ",
                new[]
                {
                    graph.Layers[node.Layer].Declared.ActivationPenalty > 0 ? $"dh[t] += 2 alpha/(units*rows) * {(node.Site >= 0 ? "mask^2 * " : string.Empty)}h[t]" : string.Empty,
                    graph.Layers[node.Layer].Declared.TemporalPenalty > 0 ? "dh[t] += 2 beta/(units*rows) * ((h[t] - h[t-1]) - (h[t+1] - h[t]))" : string.Empty,
                }.Where(text => text.Length > 0)),
            NodeKind.ConcatGradient => $"the gradient of {layer} goes to its sources",
            NodeKind.LastStateGradient when node.Starts.Length > 0 => "the gradient goes to where each direction ends",
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
