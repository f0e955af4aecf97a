using System.Linq;
using SdCompiler.Generator.Graph;
using SdCompiler.Generator.Model;
using SdCompiler.Generator.Passes;

namespace SdCompiler.Generator.Emit;

/// <content>The backward method: chains from the last step to the first, then gradients once per window.</content>
internal sealed partial class CpuTrainerEmitter
{
    private void EmitBackward() => EmitRuns(
        "Backward",
        "From the gradient that the loss left to the gradient of every parameter.",
        "Backward",
        _graph.Nodes.Skip(LossGroup.Last(_graph) + 1));

    private void EmitGradientNode(Node node)
    {
        Value read = node.Reads.Length > 0 ? _graph.Values[node.Reads[0]] : Logits;
        switch (node.Kind)
        {
            case NodeKind.DataGradient:
                _writer.Line($"MaskedProduct.BackwardWindow(lane, {WindowOf(read)}, {Parameter(node, 0)}, Ws, {read.Name}, {Start(node.Writes[0])}, {RowsOf(read)}, {Site(node)}, {Text.Of(node.Accumulate())}, 0, w.Steps);");
                break;
            case NodeKind.WeightGradient:
                // The matrix that reads the previous state meets slot t at step t; all others meet what the step itself computed.
                bool recurrent = _graph.Parameters[node.Parameters[0]].Role == "LstmRecurrent";
                string x = recurrent ? Previous(read) : Start(node.Reads[0]);
                string bias = node.Parameters.Length == 1 ? "null" : Gradient(node, 1);
                _writer.Line($"MaskedProduct.GradientWindow(lane, {WindowOf(read)}, {Gradient(node, 0)}, {bias}, Ws, {x}, {_graph.Values[node.Reads[1]].Name}, {RowsOf(read)}, {Site(node)}, 0, w.Steps, true, true);");
                break;
            case NodeKind.MaskedWeightsGradient:
                _writer.Line($"{DroppedField(node)}.MaskGradient(lane, w, {Gradient(node, 0)}, {Site(node)});");
                break;
            case NodeKind.PenaltyGradient:
                LayerModel penalised = _graph.Layers[node.Layer].Declared;
                _writer.Line(
                    $"StatePenalty.Backward(lane, w, Ws, {Start(node.Reads[0])}, {_graph.Values[node.Writes[0]].Name}, Units_{Name(node.Layer)}, B, {Site(node)}, "
                    + $"{Text.Of(penalised.ActivationPenalty)}, {Text.Of(penalised.TemporalPenalty)});");
                break;
            case NodeKind.RecurrentCellGradient:
                EmitBackwardChain(node);
                break;
            case NodeKind.ActivationGradient:
                Value y = _graph.Values[node.Reads[1]];
                _writer.Line($"DenseActivation.BackwardWindow(lane, w, {ActivationOf(node)}, Ws, {read.Name}, {y.Name}, {_graph.Values[node.Writes[0]].Name}, {y.Width.Constant}, {y.PaddedWidth}, B);");
                break;
            case NodeKind.MaskedCopyGradient:
                string count = read.Extent == ValueExtent.Once ? "1" : "w.Steps";
                _writer.Line($"ElementMask.BackwardWindow(lane, {WindowOf(read)}, Ws, {read.Name}, {_graph.Values[node.Writes[0]].Name}, {read.Width.Constant}, {RowsOf(read)}, {Site(node)}, {Text.Of(node.Accumulate())}, 0, {count});");
                break;
            case NodeKind.ContextsGradient:
                MixtureModel mixture = _graph.LossLayer.Declared.Mixture!;
                Value before = _graph.Values[node.Reads[1]];
                _writer.Line($"MixtureContexts.Backward(lane, w, Ws, {read.Name}, {before.Name}, {Text.Of(mixture.Experts)}, {Text.Of(mixture.Width)}, {Text.Of(before.PaddedWidth)}, B);");
                break;
            case NodeKind.ConcatGradient:
                for (int i = 0; i < node.Writes.Length; i++)
                {
                    Value part = _graph.Values[node.Writes[i]];
                    _writer.Line($"ConcatUnits.Backward(lane, w, Ws, {read.Name}, {read.Width.Constant}, {node.Starts[i]}, {part.Name}, {part.Width.Constant}, B, {Text.Of(node.Accumulate(i))});");
                }

                break;
            case NodeKind.LastStateGradient:
                _writer.Line($"LastState.Scatter{EndsOf(node)}(lane, w, Ws, {read.Name}, {_graph.Values[node.Writes[0]].Name}, {read.Width.Constant}, {ForwardUnits(node)}B, {Text.Of(node.Accumulate())});");
                break;
            case NodeKind.CharacterPoolGradient:
                string places = _graph.Values[node.Reads[1]].Name;
                _writer.Line($"CharacterCnn.PoolGradient(lane, w, {Input(node)}, {Parameter(node, 1)}, {Parameter(node, 0)}, Ws, {read.Name}, {places}, {_graph.Values[node.Writes[0]].Name}, B);");
                break;
            case NodeKind.CharacterBiasGradient:
                _writer.Line($"CharacterCnn.BiasGradient(lane, w, {Gradient(node, 0)}, Ws, {read.Name}, B);");
                break;
            case NodeKind.CharacterGradient:
                _writer.Line($"CharacterCnn.Scatter(lane, w, {Input(node)}, {Gradient(node, 0)}, Ws, {read.Name}, B, {Site(node)});");
                break;
            case NodeKind.EmbeddingGradient:
                string scatter = _graph.Parameters[node.Parameters[0]].IsMatrix ? "ScatterTied" : "Scatter";
                _writer.Line($"EmbeddingLookup.{scatter}(lane, w, {Input(node)}, {Gradient(node, 0)}, Ws, {read.Name}, B, {Words(node)});");
                break;
        }
    }

    private void EmitBackwardChain(Node node)
    {
        if (_graph.Layers[node.Layer].IsReverse)
        {
            EmitReverseBackwardChain(node);
            return;
        }

        if (node.Unrolling == Unrolling.Groups)
        {
            using (_writer.Block($"for (int first = (w.Steps - 1) / {UnrollTime.GroupSteps} * {UnrollTime.GroupSteps}; first >= 0; first -= {UnrollTime.GroupSteps})"))
            {
                _writer.Line($"BackwardSteps_{Name(node.Layer)}(lane, w, first);");
            }

            return;
        }

        EmitBackwardSteps(node, _graph.TimeSteps, first: null);
    }

    private void EmitBackwardSteps(Node node, int steps, string? first)
    {
        string kept = node.Form == ProductForm.KeptRows || node.Form == ProductForm.KeptOutputs ? " for kept units" : string.Empty;
        _writer.Line($"// B1-B3  dh = from above + from step t+1; dc += dh*o*(1 - tanh(c)^2); gates become da; dc *= f; dh[t-1] = da[t].Wh^T{kept}");
        for (int t = steps - 1; t >= 0; t--)
        {
            if (t == 0)
            {
                EmitBackwardStep(node, t, first);
                continue;
            }

            using (_writer.Block($"if (w.Steps > {At(first, t)})"))
            {
                EmitBackwardStep(node, t, first);
            }
        }
    }

    private void EmitBackwardStep(Node node, int t, string? first)
    {
        string name = Name(node.Layer);
        string gates = _graph.Values[node.Reads[0]].Name;
        string c = _graph.Values[node.Reads[1]].Name;
        string dh = _graph.Values[node.Reads[2]].Name;
        string next = _graph.Values[node.Writes[1]].Name;
        string dc = _graph.Values[node.Writes[2]].Name;
        string at = At(first, t);
        bool masked = node.Form == ProductForm.Dense && node.Site >= 0;
        _writer.Line($"// t = {at}");
        _writer.Line(
            $"LstmCell.BackwardGates(lane, w, {at}, Ws, Units_{name}, {gates} + {Times(first, t, $"StepG_{name}")}, {c} + {Times(first, t, $"StepC_{name}")}, {c} + {Times(first, t + 1, $"StepC_{name}")}, "
            + $"{dh} + {Times(first, t, $"StepH_{name}")}, {next}, {dc}, B);");
        _writer.Line("lane.Barrier();");
        if (t == 0 && first is null)
        {
            return; // the carried state gets no gradient
        }

        if (t == 0)
        {
            _writer.Line($"if ({first} == 0) return; // the carried state gets no gradient");
        }

        string unmask = masked ? "   // the lane unmasks the units that it computed: no barrier" : string.Empty;
        _writer.Line($"LstmCell.BackwardRecurrent(lane, w, {at}, {RecurrentWeights(node)}, Ws, Units_{name}, {gates} + {Times(first, t, $"StepG_{name}")}, {next}, B, {(masked ? "-1" : Site(node))});{unmask}");
        if (masked)
        {
            _writer.Line($"ElementMask.BackwardStep(lane, w, {at}, Ws, {next}, {next}, Units_{name}, B, {Site(node)}, false);");
        }

        _writer.Line("lane.Barrier();");
    }
}
