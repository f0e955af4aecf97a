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
            case NodeKind.DataGradient when node.ReadsPrevious:
                Value fed = _graph.Values[node.Reads[0]];
                _writer.Line($"MaskedProduct.BackwardPreviousStep(lane, {W(node)}, {_at}, {Parameter(node, 0)}, Ws, {StepOf(fed)}, {_graph.Values[node.Writes[0]].Name}, B, {Site(node)});");
                break;
            case NodeKind.WeightGradient when node.ReadsPrevious:
                _writer.Line($"MaskedProduct.GradientPreviousWindow(lane, {W(node)}, {Gradient(node, 0)}, Ws, {read.Name}, {_graph.Values[node.Reads[1]].Name}, B, {Site(node)});");
                break;
            case NodeKind.StateBridgeGradient or NodeKind.AttentionMemoryGradient or NodeKind.AttentionGradient or NodeKind.AttentionVectorGradient:
                EmitAttentionGradient(node);
                break;
            case NodeKind.ActivationGradient when node.Chain > 0:
                Value given = _graph.Values[node.Reads[1]];
                _writer.Line($"DenseActivation.BackwardPanels(lane, {W(node)}, {ActivationOf(node)}, Ws, {read.Name}, {given.Name}, {_graph.Values[node.Writes[0]].Name}, {given.Width.Constant}, {given.PaddedWidth}, B{Over(node)});");
                break;
            case NodeKind.DataGradient:
                _writer.Line($"MaskedProduct.BackwardWindow(lane, {WindowOf(node, read)}, {Parameter(node, 0)}, Ws, {StepOf(read, node)}, {Start(node.Writes[0])}, {RowsOf(read)}, {Site(node)}, {Text.Of(node.Accumulate())}{Over(node)});");
                break;
            case NodeKind.WeightGradient:
                // The matrix that reads the previous state meets slot t at step t; all others meet what the step itself computed.
                bool recurrent = _graph.Parameters[node.Parameters[0]].Role == "LstmRecurrent";
                string x = recurrent ? Previous(read) : Start(node.Reads[0]);
                string bias = node.Parameters.Length == 1 ? "null" : Gradient(node, 1);
                _writer.Line($"MaskedProduct.GradientWindow(lane, {WindowOf(node, read)}, {Gradient(node, 0)}, {bias}, Ws, {x}, {_graph.Values[node.Reads[1]].Name}, {RowsOf(read)}, {Site(node)}, 0, {W(node)}.Steps, true, true);");
                break;
            case NodeKind.MaskedWeightsGradient:
                _writer.Line($"{DroppedField(node)}.MaskGradient(lane, {W(node)}, {Gradient(node, 0)}, {Site(node)});");
                break;
            case NodeKind.PenaltyGradient:
                LayerModel penalised = _graph.Layers[node.Layer].Declared;
                _writer.Line(
                    $"StatePenalty.Backward(lane, {W(node)}, Ws, {Start(node.Reads[0])}, {_graph.Values[node.Writes[0]].Name}, Units_{Name(node.Layer)}, B, {Site(node)}, "
                    + $"{Text.Of(penalised.ActivationPenalty)}, {Text.Of(penalised.TemporalPenalty)});");
                break;
            case NodeKind.RecurrentCellGradient:
                EmitBackwardChain(node);
                break;
            case NodeKind.ActivationGradient:
                Value y = _graph.Values[node.Reads[1]];
                _writer.Line($"DenseActivation.BackwardWindow(lane, {W(node)}, {ActivationOf(node)}, Ws, {read.Name}, {y.Name}, {_graph.Values[node.Writes[0]].Name}, {y.Width.Constant}, {y.PaddedWidth}, B);");
                break;
            case NodeKind.MaskedCopyGradient:
                string count = read.Extent == ValueExtent.Once ? "1" : $"{W(node)}.Steps";
                _writer.Line($"ElementMask.BackwardWindow(lane, {WindowOf(node, read)}, Ws, {read.Name}, {_graph.Values[node.Writes[0]].Name}, {read.Width.Constant}, {RowsOf(read)}, {Site(node)}, {Text.Of(node.Accumulate())}{Over(node, count)});");
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
                    _writer.Line($"ConcatUnits.Backward(lane, {W(node)}, Ws, {read.Name}, {read.Width.Constant}, {node.Starts[i]}, {part.Name}, {part.Width.Constant}, B, {Text.Of(node.Accumulate(i))});");
                }

                break;
            case NodeKind.LastStateGradient:
                _writer.Line($"LastState.Scatter{EndsOf(node)}(lane, {W(node)}, Ws, {read.Name}, {_graph.Values[node.Writes[0]].Name}, {read.Width.Constant}, {ForwardUnits(node)}B, {Text.Of(node.Accumulate())});");
                break;
            case NodeKind.CharacterPoolGradient:
                string places = _graph.Values[node.Reads[1]].Name;
                _writer.Line($"CharacterCnn.PoolGradient(lane, {W(node)}, {Input(node)}, {Parameter(node, 1)}, {Parameter(node, 0)}, Ws, {read.Name}, {places}, {_graph.Values[node.Writes[0]].Name}, B);");
                break;
            case NodeKind.CharacterBiasGradient:
                _writer.Line($"CharacterCnn.BiasGradient(lane, {W(node)}, {Gradient(node, 0)}, Ws, {read.Name}, B);");
                break;
            case NodeKind.CharacterGradient:
                if (read.Characters > 0)
                {
                    _writer.Line($"CharacterLstm.Scatter(lane, {W(node)}, {Input(node)}, {Gradient(node, 0)}, Ws, {read.Name}, {Site(node)});");
                    break;
                }

                _writer.Line($"CharacterCnn.Scatter(lane, {W(node)}, {Input(node)}, {Gradient(node, 0)}, Ws, {read.Name}, B, {Site(node)});");
                break;
            case NodeKind.WordEndsGradient:
                Value dh = _graph.Values[node.Writes[0]];
                _writer.Line($"CharacterLstm.EndsGradient(lane, w, {Input(node)}, Ws, {read.Name}, {dh.Name}, {_graph.Values[node.Writes[1]].Name}, {Text.Of(dh.Width.Constant)}, B);");
                break;
            case NodeKind.EmbeddingGradient:
                string scatter = _graph.Parameters[node.Parameters[0]].IsMatrix ? "ScatterTied" : "Scatter";
                _writer.Line($"EmbeddingLookup.{scatter}(lane, {W(node)}, {Input(node)}, {Gradient(node, 0)}, Ws, {read.Name}, B, {Words(node)});");
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
            using (_writer.Block($"for (int first = ({W(node)}.Steps - 1) / {UnrollTime.GroupSteps} * {UnrollTime.GroupSteps}; first >= 0; first -= {UnrollTime.GroupSteps})"))
            {
                _writer.Line($"BackwardSteps_{Name(node.Layer)}(lane, w, first);");
            }

            return;
        }

        EmitBackwardSteps(node, StepsOf(node), first: null);
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

            using (_writer.Block($"if ({W(node)}.Steps > {At(first, t)})"))
            {
                EmitBackwardStep(node, t, first);
            }
        }
    }

    private void EmitBackwardStep(Node node, int t, string? first)
    {
        _writer.Line($"// t = {At(first, t)}");
        EmitBackwardCell(node, t, first, bothDone: true);
    }

    /// <summary>One step of a cell's gradient; inside a chain of several layers without the barrier behind it.</summary>
    private void EmitBackwardCell(Node node, int t, string? first, bool bothDone)
    {
        string name = Name(node.Layer);
        string gates = _graph.Values[node.Reads[0]].Name;
        string c = _graph.Values[node.Reads[1]].Name;
        string dh = _graph.Values[node.Reads[2]].Name;
        string next = _graph.Values[node.Writes[1]].Name;
        string dc = _graph.Values[node.Writes[2]].Name;
        string at = At(first, t);
        bool masked = node.Form == ProductForm.Dense && node.Site >= 0;
        string seeded = node.HasSeed ? ", seeded: true" : string.Empty;
        _writer.Line(
            $"LstmCell.BackwardGates(lane, {W(node)}, {at}, Ws, Units_{name}, {gates} + {Times(first, t, $"StepG_{name}")}, {c} + {Times(first, t, $"StepC_{name}")}, {c} + {Times(first, t + 1, $"StepC_{name}")}, "
            + $"{dh} + {Times(first, t, $"StepH_{name}")}, {next}, {dc}, {Batch(node.Layer)}{seeded});");
        _writer.Line("lane.Barrier();");
        bool isStart = t == 0 && !node.GivesStart;
        if (isStart && first is null)
        {
            return; // the carried state gets no gradient
        }

        // Other layers of a chain have their own work at the first step: only this part is left out.
        using (isStart ? _writer.Block($"if ({first} > 0) // the carried state gets no gradient") : null)
        {
            string unmask = masked ? "   // the lane unmasks the units that it computed: no barrier" : string.Empty;
            _writer.Line($"LstmCell.BackwardRecurrent(lane, {W(node)}, {at}, {RecurrentWeights(node)}, Ws, Units_{name}, {gates} + {Times(first, t, $"StepG_{name}")}, {next}, {Batch(node.Layer)}, {(masked ? "-1" : Site(node))});{unmask}");
            if (masked)
            {
                _writer.Line($"ElementMask.BackwardStep(lane, {W(node)}, {at}, Ws, {next}, {next}, Units_{name}, {Batch(node.Layer)}, {Site(node)}, false);");
            }

            if (bothDone)
            {
                _writer.Line("lane.Barrier();");
            }
        }
    }
}
