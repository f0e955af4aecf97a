using System.Collections.Generic;
using System.Linq;
using SdCompiler.Generator.Graph;

namespace SdCompiler.Generator.Emit;

/// <content>Encoder and decoder: attention, where a decoder starts, products of parts of a matrix.</content>
internal sealed partial class CpuTrainerEmitter
{
    /// <summary>The step that is being emitted of a chain of several layers, as an expression; null outside.</summary>
    private string? _at;

    /// <summary>That step in the chain's method, and the method's first step where it is one of many.</summary>
    private (int Step, string? First) _step;

    /// <summary>The range of steps of a window call: one step inside a chain, all steps otherwise.</summary>
    private string Over(Node node, string? steps = null) => node.Chain > 0 ? $", {_at}, 1" : $", 0, {steps ?? W(node) + ".Steps"}";

    /// <summary>Where what a product writes lies at the first step of a call.</summary>
    private string StepOf(Value value, Node node) => node.Chain > 0 ? StepOf(value) : value.Name;

    private string StepOf(Value value)
    {
        string step = value.Layout == ValueLayout.Gates ? $"StepG_{Name(value.Layer)}" : $"(B * {Text.Of(value.PaddedWidth)})";
        return $"{value.Name} + {Times(_step.First, _step.Step, step)}";
    }

    private void EmitProduct(Node node)
    {
        Value x = _graph.Values[node.Reads[0]];
        Value y = _graph.Values[node.Writes[0]];
        if (node.ReadsPrevious)
        {
            _writer.Line($"MaskedProduct.AddPreviousStep(lane, {W(node)}, {_at}, {Parameter(node, 0)}, Ws, {_graph.Values[node.Reads[0]].Name}, {StepOf(y)}, B, {Site(node)});");
            return;
        }

        string to = node.Chain > 0 ? StepOf(y) : Start(node.Writes[0]);
        string bias = node.Parameters.Length > 1 ? Parameter(node, 1) : "null";
        _writer.Line(node.Accumulate()
            ? $"MaskedProduct.AddWindow(lane, {W(node)}, {Parameter(node, 0)}, Ws, {Start(node.Reads[0])}, {to}, B, {Site(node)}{Over(node)});"
            : $"MaskedProduct.ForwardWindow(lane, {WindowOf(node, x)}, {Parameter(node, 0)}, {bias}, Ws, {Start(node.Reads[0])}, {to}, {RowsOf(x)}, {Site(node)}{Over(node)});");
    }

    private void EmitAttention(Node node)
    {
        switch (node.Kind)
        {
            case NodeKind.StateBridge:
                Value c = _graph.Values[node.Writes[1]];
                string encoder = Name(_graph.Values[node.Reads[0]].Layer);
                _writer.Line(
                    $"StateBridge.Forward(lane, w, Ws, {Start(node.Reads[0])}, {_graph.Values[node.Reads[1]].Name} + StepC_{encoder}, {_graph.Values[node.Writes[0]].Name}, {c.Name}, "
                    + $"Units_{Name(node.Layer)}, {Text.Of(c.PaddedWidth)}, B);");
                break;
            case NodeKind.AttentionMemory:
                _writer.Line($"Attention.Remember(lane, w.Source, Ws, {Start(node.Reads[0])}, {_graph.Values[node.Writes[0]].Name}, {Text.Of(_graph.Values[node.Writes[0]].Width.Constant)}, B);");
                break;
            default:
                Value alpha = _graph.Values[node.Writes[0]];
                _writer.Line($"Attention.ForwardWindow({AttentionArguments(node, node.Reads, alpha)}, {_graph.Values[node.Writes[1]].Name}, B{Over(node)});");
                break;
        }
    }

    private void EmitAttentionGradient(Node node)
    {
        Value read = _graph.Values[node.Reads[0]];
        switch (node.Kind)
        {
            case NodeKind.StateBridgeGradient:
                _writer.Line(
                    $"StateBridge.Backward(lane, w, Ws, {read.Name}, {_graph.Values[node.Reads[1]].Name}, {string.Join(", ", node.Writes.Select(write => _graph.Values[write].Name))}, "
                    + $"Units_{Name(node.Layer)}, {Text.Of(_graph.Values[node.Reads[1]].PaddedWidth)}, B, {Text.Of(node.Accumulate())});");
                break;
            case NodeKind.AttentionMemoryGradient:
                _writer.Line($"Attention.RememberBackward(lane, w.Source, Ws, {read.Name}, {_graph.Values[node.Writes[0]].Name}, {Text.Of(read.Width.Constant)}, B, {Text.Of(node.Accumulate())});");
                break;
            case NodeKind.AttentionGradient:
                string vector = node.Writes.Length > 3 ? _graph.Values[node.Writes[3]].Name : "-1";
                _writer.Line(
                    $"Attention.BackwardWindow({AttentionArguments(node, node.Reads.RemoveAt(0), _graph.Values[node.Reads[4]])}, {read.Name}, "
                    + $"{string.Join(", ", node.Writes.Take(3).Select(write => _graph.Values[write].Name))}, {vector}, {Text.Of(node.Accumulate())}, B{Over(node)});");
                break;
            default:
                _writer.Line($"Attention.VectorGradient(lane, w, {Gradient(node, 0)}, Ws, {read.Name});");
                break;
        }
    }

    /// <summary>What both directions of attention read: query, keys, memory, weights.</summary>
    private string AttentionArguments(Node node, IReadOnlyList<int> values, Value alpha)
    {
        string score = "global::SdCompiler.AttentionScore." + _graph.Layers[node.Layer].Declared.Score;
        string vector = node.Parameters.Length > 0 ? Parameter(node, 0) : "null";
        Value keys = _graph.Values[values[1]];
        Value memory = _graph.Values[values[2]];
        return $"lane, w, {score}, {vector}, Ws, {Start(values[0])}, {Text.Of(keys.Width.Constant)}, {keys.Name}, {memory.Name}, {Text.Of(memory.Width.Constant)}, {alpha.Name}, {Text.Of(alpha.PaddedWidth)}";
    }
}
