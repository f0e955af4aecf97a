using SdCompiler.Generator.Graph;

namespace SdCompiler.Generator.Emit;

/// <content>The call of each node.</content>
internal sealed partial class TranslatorEmitter
{
    private void EmitNode(Node node)
    {
        string w = node.OnSource ? "w.Source" : "w";
        string steps = node.OnSource ? "w.Source.Steps" : "1";
        switch (node.Kind)
        {
            case NodeKind.Embedding:
                string gather = _graph.Parameters[node.Parameters[0]].IsMatrix ? "GatherTied" : "Gather";
                _writer.Line($"EmbeddingLookup.{gather}(lane, {w}, 0, {Parameter(node, 0)}, Ws, {Name(node.Writes[0])}, B, -1, 0d);");
                break;
            case NodeKind.Concat:
                int start = 0;
                foreach (int read in node.Reads)
                {
                    _writer.Line($"ConcatUnits.Forward(lane, {w}, Ws, {After(read)}, {Width(read)}, {Name(node.Writes[0])}, {Width(node.Writes[0])}, {start}, B);");
                    start += _graph.Values[read].Width.Constant;
                }

                break;
            case NodeKind.Product when node.ReadsPrevious:
                _writer.Line($"MaskedProduct.AddWindow(lane, {w}, {Parameter(node, 0)}, Ws, {Name(node.Reads[0])}, {Name(node.Writes[0])}, B, -1, 0, 1);");
                break;
            case NodeKind.Product when node.Accumulate():
                _writer.Line($"MaskedProduct.AddWindow(lane, {w}, {Parameter(node, 0)}, Ws, {After(node.Reads[0])}, {Name(node.Writes[0])}, B, -1, 0, {steps});");
                break;
            case NodeKind.Product:
                string bias = node.Parameters.Length > 1 ? Parameter(node, 1) : "null";
                _writer.Line($"MaskedProduct.ForwardWindow(lane, {w}, {Parameter(node, 0)}, {bias}, Ws, {After(node.Reads[0])}, {Name(node.Writes[0])}, B, -1, 0, {steps});");
                break;
            case NodeKind.RecurrentCell:
                EmitCell(node);
                break;
            case NodeKind.Activation:
                Value y = _graph.Values[node.Reads[0]];
                string activation = "global::SdCompiler.Activation." + WindowSource.ActivationOf(_graph.Layers[node.Layer].Declared);
                _writer.Line($"DenseActivation.ForwardWindow(lane, {w}, {activation}, Ws, {y.Name}, {After(node.Writes[1])}, {y.Width.Constant}, {y.PaddedWidth}, B);");
                break;
            case NodeKind.StateBridge:
                Value c = _graph.Values[node.Writes[1]];
                _writer.Line($"StateBridge.Forward(lane, w, Ws, {After(node.Reads[0])}, {After(node.Reads[1])}, {Name(node.Writes[0])}, {c.Name}, {Width(node.Writes[0])}, {c.PaddedWidth}, B);");
                break;
            case NodeKind.AttentionMemory:
                _writer.Line($"Attention.Remember(lane, {w}, Ws, {After(node.Reads[0])}, {Name(node.Writes[0])}, {Width(node.Writes[0])}, B);");
                break;
            case NodeKind.Attention:
                string score = "global::SdCompiler.AttentionScore." + _graph.Layers[node.Layer].Declared.Score;
                string vector = node.Parameters.Length > 0 ? Parameter(node, 0) : "null";
                _writer.Line(
                    $"Attention.ForwardWindow(lane, w, {score}, {vector}, Ws, {After(node.Reads[0])}, {Width(node.Reads[1])}, {Name(node.Reads[1])}, {Name(node.Reads[2])}, {Width(node.Reads[2])}, "
                    + $"{Name(node.Writes[0])}, AlphaStride, {Name(node.Writes[1])}, B, 0, 1);");
                break;
            case NodeKind.SoftmaxLoss:
                _writer.Line("// log-probabilities");
                _writer.Line($"SoftmaxLoss.Rows(lane, w, Ws, {Name(node.Reads[0])}, {LossWeight.Field}.Columns, {LossWeight.Field}.PaddedColumns, B, 0, 1);");
                break;
        }
    }

    private void EmitCell(Node node)
    {
        Value h = _graph.Values[node.Reads[1]];
        Value c = _graph.Values[node.Reads[2]];
        if (!node.OnSource)
        {
            _writer.Line(
                $"LstmCell.Forward(lane, w, 0, {Parameter(node, 0)}, Ws, {h.Width.Constant}, {Name(node.Reads[0])}, {h.Name}, {After(node.Reads[1])}, {c.Name}, {After(node.Reads[2])}, B, -1, -1);");
            return;
        }

        using (_writer.Block("for (int t = 0; t < w.Source.Steps; t++)"))
        {
            string stepH = $"{h.PaddedWidth} * B", stepC = $"{c.PaddedWidth} * B", stepG = $"{4 * c.PaddedWidth} * B";
            _writer.Line(
                $"LstmCell.Forward(lane, w.Source, t, {Parameter(node, 0)}, Ws, {h.Width.Constant}, {Name(node.Reads[0])} + (t * {stepG}), {h.Name} + (t * {stepH}), {h.Name} + ((t + 1) * {stepH}), "
                + $"{c.Name} + (t * {stepC}), {c.Name} + ((t + 1) * {stepC}), B, -1, -1);");
            _writer.Line("lane.Barrier();");
        }
    }
}
