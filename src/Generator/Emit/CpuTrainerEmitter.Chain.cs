using System.Collections.Generic;
using System.Linq;
using SdCompiler.Generator.Graph;
using SdCompiler.Generator.Passes;

namespace SdCompiler.Generator.Emit;

/// <content>Chains of several layers, which go through time together.</content>
internal sealed partial class CpuTrainerEmitter
{
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

    private void EmitChainNode(Node node, int steps, int t, string? first)
    {
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

            }

            using (node.ReadsPrevious && t == 0 ? _writer.Block($"if ({first} > 0)") : null)
            {
                EmitChainNode(node, steps, t, first);
            }
        }

        _writer.Line("lane.Barrier();");
        _at = null;
    }
}
