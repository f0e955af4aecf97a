using System.Collections.Generic;
using System.Linq;
using SdCompiler.Generator.Graph;
using SdCompiler.Generator.Passes;

namespace SdCompiler.Generator.Emit;

/// <content>Encoder and decoder: chains of several layers, attention, products of parts of a matrix.</content>
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
            : $"MaskedProduct.ForwardWindow(lane, {W(node)}, {Parameter(node, 0)}, {bias}, Ws, {Start(node.Reads[0])}, {to}, B, {Site(node)}{Over(node)});");
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

    /// <summary>A chain of several layers: all of one step, then all of the next; every step in place, or calls of the method of 32 steps.</summary>
    private void EmitStepChain(List<Node> run, string method, bool forward)
    {
        bool groups = run.Any(node => node.Unrolling == Unrolling.Groups);
        using (_writer.Block($"private void {method}(Lane lane, Window w)"))
        {
            if (forward)
            {
                EmitCarried(run);
            }

            if (groups)
            {
                string loop = forward
                    ? $"for (int first = 0; first < w.Steps; first += {UnrollTime.GroupSteps})"
                    : $"for (int first = (w.Steps - 1) / {UnrollTime.GroupSteps} * {UnrollTime.GroupSteps}; first >= 0; first -= {UnrollTime.GroupSteps})";
                using (_writer.Block(loop))
                {
                    _writer.Line($"{method}Steps(lane, w, first);");
                }
            }
            else
            {
                EmitChainSteps(run, _graph.TimeSteps, first: null, forward);
            }
        }

        if (groups)
        {
            _writer.Line();
            _phase = null;
            using (_writer.Block($"private void {method}Steps(Lane lane, Window w, int first)"))
            {
                EmitChainSteps(run, UnrollTime.GroupSteps, "first", forward);
            }
        }
    }

    private void EmitCarried(List<Node> run)
    {
        Node[] packed = run.Where(node => node.Kind == NodeKind.RecurrentCell && node.Form == ProductForm.KeptRows).ToArray();
        foreach (Node node in packed)
        {
            _writer.Line("// M3  the units of the state before the window that step 0 keeps, side by side and scaled; each step packs its own state for the next");
            _writer.Line($"PackedInput.Window(lane, w, Ws, {_graph.Values[node.Reads[1]].Name}, {_graph.Values[node.Reads[3]].Name}, Units_{Name(node.Layer)}, B, {Site(node)}, 0, 1);");
        }

        if (packed.Length > 0)
        {
            _writer.Line("lane.Barrier();");
        }
    }

    private void EmitChainSteps(List<Node> run, int steps, string? first, bool forward)
    {
        foreach (Node node in run)
        {
            string comment = node.Kind == NodeKind.RecurrentCell ? CellComment(node)
                : node.Kind == NodeKind.RecurrentCellGradient ? "// " + EquationComments.CellGradient
                : "// " + EquationComments.Of(_graph, node);
            _writer.Line($"{comment}   ({_graph.Layers[node.Layer].Label})");
        }

        EmitPhase(forward ? "Forward" : "Backward");
        for (int i = 0; i < steps; i++)
        {
            int t = forward ? i : steps - 1 - i;
            if (forward)
            {
                if (t > 0)
                {
                    _writer.Line($"if (w.Steps == {At(first, t)}) return;");
                }

                EmitChainStep(run, steps, t, first);
                continue;
            }

            using (t > 0 ? _writer.Block($"if (w.Steps > {At(first, t)})") : null)
            {
                EmitChainStep(run, steps, t, first);
            }
        }
    }

    private void EmitChainStep(List<Node> run, int steps, int t, string? first)
    {
        _at = At(first, t);
        _step = (t, first);
        _writer.Line($"// t = {_at}");
        for (int i = 0; i < run.Count; i++)
        {
            Node node = run[i];
            if (i > 0)
            {
                EmitBarrier(node); // that of the first node stands before the chain: each step ends with one
            }

            if (node.ReadsPrevious && t == 0)
            {
                if (first is null)
                {
                    continue; // nothing was given before the first step
                }

                _writer.Line($"if ({first} > 0)");
            }

            switch (node.Kind)
            {
                case NodeKind.RecurrentCell:
                    EmitForwardStep(node, steps, t, first);
                    break;
                case NodeKind.RecurrentCellGradient:
                    EmitBackwardCell(node, t, first, bothDone: false);
                    break;
                default:
                    EmitCall(node);
                    break;
            }
        }

        _writer.Line("lane.Barrier();");
        _at = null;
    }
}
