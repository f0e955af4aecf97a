using SdCompiler.Generator.Graph;
using SdCompiler.Generator.Passes;

namespace SdCompiler.Generator.Emit;

/// <content>The chains of layers that read from the last step to the first: forward they run down in t, backward up.</content>
internal sealed partial class CpuTrainerEmitter
{
    /// <summary>Where the state that step 0 reads begins: slot t, or t + 2 in a reverse chain.</summary>
    private string Previous(Value read) => read.Extent == ValueExtent.Reversed ? $"{read.Name} + 2 * StepH_{Name(read.Layer)}" : read.Name;

    private void EmitReverseChain(Node node)
    {
        string name = Name(node.Layer);
        if (node.Form == ProductForm.KeptRows)
        {
            _writer.Line("// M3  the zeros behind the last step stand for the units that it keeps; each step packs its own state for the one before it");
            _writer.Line($"PackedInput.Window(lane, w, Ws, {Previous(_graph.Values[node.Reads[1]])}, {_graph.Values[node.Reads[3]].Name}, Units_{name}, {Batch(node.Layer)}, {Site(node)}, w.Steps - 1, 1);");
            _writer.Line("lane.Barrier();");
        }

        if (node.Unrolling == Unrolling.Groups)
        {
            using (_writer.Block($"for (int first = (w.Steps - 1) / {UnrollTime.GroupSteps} * {UnrollTime.GroupSteps}; first >= 0; first -= {UnrollTime.GroupSteps})"))
            {
                _writer.Line($"ForwardSteps_{name}(lane, w, first);");
            }

            return;
        }

        EmitReverseForwardSteps(node, StepsOf(node), first: null);
    }

    private void EmitReverseBackwardChain(Node node)
    {
        if (node.Unrolling == Unrolling.Groups)
        {
            using (_writer.Block($"for (int first = 0; first < w.Steps; first += {UnrollTime.GroupSteps})"))
            {
                _writer.Line($"BackwardSteps_{Name(node.Layer)}(lane, w, first);");
            }

            return;
        }

        EmitReverseBackwardSteps(node, StepsOf(node), first: null);
    }

    /// <summary>The body of a method of 32 steps.</summary>
    private void EmitReverseGroup(Node node, bool forward)
    {
        if (forward)
        {
            EmitReverseForwardSteps(node, UnrollTime.GroupSteps, "first");
        }
        else
        {
            EmitReverseBackwardSteps(node, UnrollTime.GroupSteps, "first");
        }
    }

    private void EmitReverseForwardSteps(Node node, int steps, string? first)
    {
        bool isPacked = node.Form == ProductForm.KeptRows;
        bool isMasked = node.Reads.Length > 3 && !isPacked;
        _writer.Line($"// F1-F4, R1  a[t] += {(isMasked ? "masked h[t+1]" : "h[t+1]")}.Wh{(isPacked ? " over kept units" : string.Empty)}; i, f, o = sigmoid, g = tanh; c[t] = f*c[t+1] + i*g; h[t] = o*tanh(c[t])");
        for (int t = steps - 1; t > 0; t--)
        {
            using (_writer.Block($"if (w.Steps > {At(first, t)})"))
            {
                EmitReverseForwardStep(node, t, first);
            }
        }

        EmitReverseForwardStep(node, 0, first);
    }

    private void EmitReverseForwardStep(Node node, int t, string? first)
    {
        string name = Name(node.Layer);
        string h = _graph.Values[node.Reads[1]].Name;
        string c = _graph.Values[node.Reads[2]].Name;
        bool isPacked = node.Form == ProductForm.KeptRows;
        string? read = node.Reads.Length > 3 ? _graph.Values[node.Reads[3]].Name : null; // packed, or masked
        string at = At(first, t);
        string previous = read is null ? $"{h} + {Times(first, t + 2, $"StepH_{name}")}" : $"{read} + {Times(first, t, $"StepH_{name}")}";
        string next = !isPacked || (first is null && t == 0) ? "-1" : $"{read} + {Times(first, t - 1, $"StepH_{name}")}";
        _writer.Line($"// t = {at}");
        if (read is not null && !isPacked)
        {
            _writer.Line($"ElementMask.ApplyStep(lane, w, {at}, Ws, {h} + {Times(first, t + 2, $"StepH_{name}")}, {previous}, Units_{name}, {Batch(node.Layer)}, {Site(node)});");
            _writer.Line("lane.Barrier();");
        }

        _writer.Line(
            $"LstmCell.ForwardReverse(lane, w, {at}, {RecurrentWeights(node)}, Ws, Units_{name}, {_graph.Values[node.Reads[0]].Name} + {Times(first, t, $"StepG_{name}")}, {previous}, {h} + {Times(first, t + 1, $"StepH_{name}")}, "
            + $"{c} + {Times(first, t + 2, $"StepC_{name}")}, {c} + {Times(first, t + 1, $"StepC_{name}")}, {Batch(node.Layer)}, {(read is not null && !isPacked ? "-1" : Site(node))}, {next});");
        _writer.Line("lane.Barrier();");
    }

    private void EmitReverseBackwardSteps(Node node, int steps, string? first)
    {
        string kept = node.Form is ProductForm.KeptRows or ProductForm.KeptOutputs ? " for kept units" : string.Empty;
        _writer.Line($"// B1-B3, R2  dh = from above + from step t-1; dc += dh*o*(1 - tanh(c)^2); gates become da; dc *= f; dh[t+1] = da[t].Wh^T{kept}");
        for (int t = 0; t < steps; t++)
        {
            if (t > 0)
            {
                using (_writer.Block($"if (w.Steps > {At(first, t)})"))
                {
                    EmitReverseRecurrent(node, t - 1, first);
                    EmitReverseGates(node, t, first);
                }

                continue;
            }

            if (first is not null)
            {
                using (_writer.Block($"if ({first} > 0)"))
                {
                    EmitReverseRecurrent(node, -1, first);
                }
            }

            EmitReverseGates(node, 0, first);
        }
    }

    private void EmitReverseGates(Node node, int t, string? first)
    {
        string name = Name(node.Layer);
        string c = _graph.Values[node.Reads[1]].Name;
        _writer.Line($"// t = {At(first, t)}");
        _writer.Line(
            $"LstmCell.BackwardGatesReverse(lane, w, {At(first, t)}, Ws, Units_{name}, {_graph.Values[node.Reads[0]].Name} + {Times(first, t, $"StepG_{name}")}, {c} + {Times(first, t + 2, $"StepC_{name}")}, {c} + {Times(first, t + 1, $"StepC_{name}")}, "
            + $"{_graph.Values[node.Reads[2]].Name} + {Times(first, t, $"StepH_{name}")}, {_graph.Values[node.Writes[1]].Name}, {_graph.Values[node.Writes[2]].Name}, {Batch(node.Layer)});");
        _writer.Line("lane.Barrier();");
    }

    /// <summary>What step t gives to step t + 1, where the window has that one; nothing flows behind the last.</summary>
    private void EmitReverseRecurrent(Node node, int t, string? first)
    {
        string name = Name(node.Layer);
        string next = _graph.Values[node.Writes[1]].Name;
        bool masked = node.Form == ProductForm.Dense && node.Site >= 0;
        string unmask = masked ? "   // the lane unmasks the units that it computed: no barrier" : string.Empty;
        _writer.Line($"LstmCell.BackwardRecurrentReverse(lane, w, {At(first, t)}, {RecurrentWeights(node)}, Ws, Units_{name}, {_graph.Values[node.Reads[0]].Name} + {Times(first, t, $"StepG_{name}")}, {next}, {Batch(node.Layer)}, {(masked ? "-1" : Site(node))});{unmask}");
        if (masked)
        {
            _writer.Line($"ElementMask.BackwardStep(lane, w, {At(first, t)}, Ws, {next}, {next}, Units_{name}, {Batch(node.Layer)}, {Site(node)}, false);");
        }

        _writer.Line("lane.Barrier();");
    }
}
