using System.Collections.Generic;
using System.Linq;
using SdCompiler.Generator.Graph;
using SdCompiler.Generator.Model;
using SdCompiler.Generator.Passes;

namespace SdCompiler.Generator.Emit;

/// <content>The forward method, with the loss layer's own gradients.</content>
internal sealed partial class CpuTrainerEmitter
{
    private void EmitForward() => EmitRuns(
        "Forward",
        "From the inputs to the losses; while training, also through the loss layer's own products.",
        "Forward",
        _graph.Nodes.Take(LossGroup.Last(_graph) + 1));

    /// <summary>Emits a node, with its barrier and its comment.</summary>
    private void EmitNode(Node node)
    {
        EmitBarrier(node);
        EmitPhase(PhaseOf(node));
        string comment = EquationComments.Of(_graph, node);
        if (comment.Length > 0)
        {
            _writer.Line("// " + comment);
        }

        EmitCall(node);
    }

    /// <summary>The call of the kernel alone.</summary>
    private void EmitCall(Node node)
    {
        Value? first = node.Reads.Length > 0 ? _graph.Values[node.Reads[0]] : null;
        switch (node.Kind)
        {
            case NodeKind.Embedding:
                string gather = _graph.Parameters[node.Parameters[0]].IsMatrix ? "GatherTied" : "Gather";
                _writer.Line($"EmbeddingLookup.{gather}(lane, {W(node)}, {Input(node)}, {Parameter(node, 0)}, Ws, {_graph.Values[node.Writes[0]].Name}, B, {Words(node)});");
                break;
            case NodeKind.Characters:
                if (_graph.Values[node.Writes[0]].Characters > 0)
                {
                    _writer.Line($"CharacterLstm.Gather(lane, {W(node)}, {Input(node)}, {Parameter(node, 0)}, Ws, {_graph.Values[node.Writes[0]].Name}, {Site(node)});");
                    break;
                }

                _writer.Line($"CharacterCnn.Gather(lane, {W(node)}, {Input(node)}, {Parameter(node, 0)}, Ws, {_graph.Values[node.Writes[0]].Name}, B, {Site(node)});");
                break;
            case NodeKind.CharacterPool:
                _writer.Line($"CharacterCnn.Pool(lane, {W(node)}, {Input(node)}, {Parameter(node, 1)}, {Parameter(node, 0)}, Ws, {first!.Name}, {_graph.Values[node.Writes[0]].Name}, {_graph.Values[node.Writes[1]].Name}, B);");
                break;
            case NodeKind.WordEnds:
                Value ends = _graph.Values[node.Writes[0]];
                _writer.Line($"CharacterLstm.Ends(lane, w, {Input(node)}, Ws, {Start(node.Reads[0])}, {Start(node.Reads[1])}, {ends.Name}, {Text.Of(first!.Width.Constant)}, B);");
                break;
            case NodeKind.Series:
                _writer.Line($"SeriesInput.Load(lane, {W(node)}, {Input(node)}, Ws, {_graph.Values[node.Writes[0]].Name}, {_graph.Values[node.Writes[0]].Width.Constant}, B);");
                break;
            case NodeKind.Concat:
                EmitConcat(node);
                break;
            case NodeKind.MaskedCopy:
                string count = first!.Extent == ValueExtent.Once ? "1" : $"{W(node)}.Steps";
                _writer.Line($"ElementMask.ApplyWindow(lane, {WindowOf(node, first)}, Ws, {Start(node.Reads[0])}, {Start(node.Writes[0])}, {first.Width.Constant}, {RowsOf(first)}, {Site(node)}{Over(node, count)});");
                break;
            case NodeKind.MaskedWeights:
                _writer.Line($"{DroppedField(node)}.Apply(lane, {W(node)}, {Site(node)});");
                break;
            case NodeKind.PackedInput:
                string steps = first!.Extent == ValueExtent.Once ? "1" : $"{W(node)}.Steps";
                _writer.Line($"PackedInput.Window(lane, {WindowOf(node, first)}, Ws, {Start(node.Reads[0])}, {_graph.Values[node.Writes[0]].Name}, {first.Width.Constant}, {RowsOf(first)}, {Site(node)}{Over(node, steps)});");
                break;
            case NodeKind.Product:
                EmitProduct(node);
                break;
            case NodeKind.ReverseStart:
                _writer.Line($"LstmCell.ReverseStart(lane, w, Ws, Units_{Name(node.Layer)}, {_graph.Values[node.Writes[0]].Name}, {_graph.Values[node.Writes[1]].Name}, {Batch(node.Layer)});");
                break;
            case NodeKind.RecurrentCell:
                EmitChain(node);
                break;
            case NodeKind.Activation when node.Chain > 0:
                _writer.Line($"DenseActivation.ForwardPanels(lane, {W(node)}, {ActivationOf(node)}, Ws, {first!.Name}, {_graph.Values[node.Writes[1]].Name}, {first.Width.Constant}, {first.PaddedWidth}, B{Over(node)});");
                break;
            case NodeKind.StateBridge or NodeKind.AttentionMemory or NodeKind.Attention:
                EmitAttention(node);
                break;
            case NodeKind.Activation:
                Value activated = _graph.Values[node.Writes[1]];
                _writer.Line($"DenseActivation.ForwardWindow(lane, {W(node)}, {ActivationOf(node)}, Ws, {first!.Name}, {activated.Name}, {first.Width.Constant}, {first.PaddedWidth}, B);");
                break;
            case NodeKind.Contexts:
                MixtureModel mixture = _graph.LossLayer.Declared.Mixture!;
                _writer.Line($"MixtureContexts.Forward(lane, w, Ws, {first!.Name}, {_graph.Values[node.Writes[1]].Name}, {Text.Of(mixture.Experts)}, {Text.Of(mixture.Width)}, {Text.Of(first.PaddedWidth)}, B);");
                break;
            case NodeKind.LastState:
                _writer.Line($"LastState.Gather{EndsOf(node)}(lane, {W(node)}, Ws, {Start(node.Reads[0])}, {_graph.Values[node.Writes[0]].Name}, {first!.Width.Constant}, {ForwardUnits(node)}B);");
                break;
            default:
                EmitGradientNode(node);
                break;
        }
    }

    /// <summary>The window whose running rows a value has: that of the node's side, or one whose rows are characters or experts.</summary>
    private string WindowOf(Node node, Value value) => WindowSource.WindowOf(_graph, value, W(node));

    /// <summary>The stride of a value's rows.</summary>
    private string RowsOf(Value value) => value.HasOwnRows ? "Rows_" + Name(_graph.InputOf(value.Layer)) : "B";

    private string Input(Node node) => InputNumber(node.Layer);

    /// <summary>An input's number among those of its side.</summary>
    private string InputNumber(int layer) => Text.Of(WindowSource.Inputs(_graph, _graph.Layers[layer].Declared.IsSource).IndexOf(layer));

    private string Words(Node node) => _graph.Layers[node.Layer].Declared.WordDropout > 0m ? $"{WordKey(node.Layer)}, WordDropout_{Name(node.Layer)}" : "-1, 0d";

    /// <summary>The embedding's number among the declared layers: the key of its draws.</summary>
    private string WordKey(int layer) => Text.Of(_plan.Model.Layers.TakeWhile(other => other.Name != _graph.Layers[layer].Declared.Name).Count());

    /// <summary>Both directions of an LSTM end at steps of their own.</summary>
    private static string EndsOf(Node node) => node.Starts.Length > 0 ? "Ends" : string.Empty;

    private static string ForwardUnits(Node node) => node.Starts.Length > 0 ? Text.Of(node.Starts[0]) + ", " : string.Empty;

    private string ActivationOf(Node node) => "global::SdCompiler.Activation." + WindowSource.ActivationOf(_graph.Layers[node.Layer].Declared);

    private void EmitConcat(Node node)
    {
        Value joined = _graph.Values[node.Writes[0]];
        int start = 0;
        foreach (int read in node.Reads)
        {
            int units = _graph.Values[read].Width.Constant;
            _writer.Line($"ConcatUnits.Forward(lane, {W(node)}, Ws, {Start(read)}, {units}, {joined.Name}, {joined.Width.Constant}, {start}, B);");
            start += units;
        }
    }

    /// <summary>The recurrent chain: every step in place, or calls of the method of 32 steps.</summary>
    private void EmitChain(Node node)
    {
        if (_graph.Layers[node.Layer].IsReverse)
        {
            EmitReverseChain(node);
            return;
        }

        if (node.Form == ProductForm.KeptRows)
        {
            string name = Name(node.Layer);
            _writer.Line($"// M3  the units of the {(_plan.Model.IsSentenceModel ? "first" : "carried")} state that step 0 keeps, side by side and scaled; each step packs its own state for the next");
            _writer.Line($"PackedInput.Window(lane, {W(node)}, Ws, {_graph.Values[node.Reads[1]].Name}, {_graph.Values[node.Reads[3]].Name}, Units_{name}, B, {Site(node)}, 0, 1);");
            _writer.Line("lane.Barrier();");
        }

        if (node.Unrolling == Unrolling.Groups)
        {
            using (_writer.Block($"for (int first = 0; first < {W(node)}.Steps; first += {UnrollTime.GroupSteps})"))
            {
                _writer.Line($"ForwardSteps_{Name(node.Layer)}(lane, w, first);");
            }

            return;
        }

        EmitForwardSteps(node, StepsOf(node), first: null);
    }

    /// <summary>The most steps of a chain.</summary>
    private int StepsOf(Node chain) => _graph.StepsOf(_graph.Values[chain.Reads[0]]);

    /// <summary>The methods of 32 steps that the chains of a run need.</summary>
    private void EmitGroups(List<Node> run)
    {
        foreach (Node node in run.Where(node => node.Unrolling == Unrolling.Groups && node.Chain == 0))
        {
            bool forward = node.Kind == NodeKind.RecurrentCell;
            _writer.Line();
            using (_writer.Block($"private void {(forward ? "ForwardSteps" : "BackwardSteps")}_{Name(node.Layer)}(Lane lane, Window w, int first)"))
            {
                if (_graph.Layers[node.Layer].IsReverse)
                {
                    EmitReverseGroup(node, forward);
                }
                else if (forward)
                {
                    EmitForwardSteps(node, UnrollTime.GroupSteps, "first");
                }
                else
                {
                    EmitBackwardSteps(node, UnrollTime.GroupSteps, "first");
                }
            }
        }
    }

    /// <summary>Steps that return when the window ends, which is why a chain is the last thing in its method.</summary>
    private void EmitForwardSteps(Node node, int steps, string? first)
    {
        _writer.Line(CellComment(node));
        for (int t = 0; t < steps; t++)
        {
            if (t > 0)
            {
                _writer.Line($"if ({W(node)}.Steps == {At(first, t)}) return;");
            }

            _writer.Line($"// t = {At(first, t)}");
            EmitForwardStep(node, steps, t, first);
            _writer.Line("lane.Barrier();");
        }
    }

    private static string CellComment(Node node)
    {
        bool isPacked = node.Form == ProductForm.KeptRows;
        string kept = isPacked ? " over kept units" : string.Empty;
        string read = node.Reads.Length > 3 && !isPacked ? "masked h[t-1]" : "h[t-1]";
        return $"// F1-F4  a[t] += {read}.Wh{kept}; i, f, o = sigmoid, g = tanh; c[t] = f*c[t-1] + i*g; h[t] = o*tanh(c[t])";
    }

    /// <summary>One step of a cell, without the barrier behind it.</summary>
    private void EmitForwardStep(Node node, int steps, int t, string? first)
    {
        string name = Name(node.Layer);
        string gates = _graph.Values[node.Reads[0]].Name;
        string h = _graph.Values[node.Reads[1]].Name;
        string c = _graph.Values[node.Reads[2]].Name;
        bool isPacked = node.Form == ProductForm.KeptRows;
        string? packed = isPacked ? _graph.Values[node.Reads[3]].Name : null;
        string? masked = node.Reads.Length > 3 && !isPacked ? _graph.Values[node.Reads[3]].Name : null;
        string at = At(first, t);
        string previous = $"{packed ?? h} + {Times(first, t, $"StepH_{name}")}";
        string next = packed is null || (first is null && t == steps - 1) ? "-1" : $"{packed} + {Times(first, t + 1, $"StepH_{name}")}";
        if (masked is not null)
        {
            string to = $"{masked} + {Times(first, t, $"StepH_{name}")}";
            _writer.Line($"ElementMask.ApplyStep(lane, {W(node)}, {at}, Ws, {previous}, {to}, Units_{name}, {Batch(node.Layer)}, {Site(node)});");
            _writer.Line("lane.Barrier();");
            previous = to;
        }

        _writer.Line(
            $"LstmCell.Forward(lane, {W(node)}, {at}, {RecurrentWeights(node)}, Ws, Units_{name}, {gates} + {Times(first, t, $"StepG_{name}")}, {previous}, {h} + {Times(first, t + 1, $"StepH_{name}")}, "
            + $"{c} + {Times(first, t, $"StepC_{name}")}, {c} + {Times(first, t + 1, $"StepC_{name}")}, {Batch(node.Layer)}, {(masked is null ? Site(node) : "-1")}, {next});");
    }

    private static string At(string? first, int t) => first is null ? Text.Of(t) : t == 0 ? first : t < 0 ? $"{first} - {Text.Of(-t)}" : $"{first} + {Text.Of(t)}";

    private static string Times(string? first, int t, string step) => first is null ? $"{t} * {step}" : t == 0 ? $"({first} * {step})" : $"(({At(first, t)}) * {step})";

    /// <summary>The loss layer: product, loss, and while training the gradients of both factors, for as many steps as may have logits at once.</summary>
    private void EmitLoss(List<Node> run)
    {
        bool once = Logits.Extent == ValueExtent.Once;
        bool loop = Logits.Extent == ValueExtent.Chunk && (HasLateLogits || _graph.ChunkSteps < _graph.TimeSteps);
        using (_writer.Block($"private void Loss_{Name(_graph.Loss)}(Lane lane, Window w)"))
        {
            HashSet<Node> inGroup = new(Enumerable.Range(0, _graph.Nodes.Length).Where(i => LossGroup.Contains(_graph, i)).Select(i => _graph.Nodes[i]));
            foreach (Node node in run.TakeWhile(node => !inGroup.Contains(node)).Select((node, i) => i == 0 ? node with { BarrierBefore = false } : node))
            {
                EmitNode(node);
            }

            List<Node> group = run.SkipWhile(node => !inGroup.Contains(node)).ToList();
            if (group.Count < run.Count)
            {
                EmitBarrier(group[0]);
            }

            EmitPhase("Loss");
            if (!loop)
            {
                EmitLossGroup(group, "0", once ? "1" : "w.Steps", "true", "true");
                return;
            }

            using (_writer.Block("for (int first = 0; first < w.Steps; first += Chunk)"))
            {
                _writer.Line("int count = w.Steps - first < Chunk ? w.Steps - first : Chunk;");
                EmitLossGroup(group, "first", "count", "first == 0", "first + count == w.Steps");
            }
        }
    }

    private void EmitLossGroup(List<Node> group, string first, string count, string begin, string end)
    {
        string logits = Logits.Name;
        string columns = HasLateLogits ? LossColumns : Text.Of(Logits.PaddedWidth);
        (string window, string rows) = (WindowSource.WindowOf(_graph, Logits), RowsOf(Logits));
        string width = HasLateLogits ? LossColumns.Replace("Padded", string.Empty) : Text.Of(Logits.Width.Constant);
        foreach (Node node in group.Where(node => node.Phase == Phase.Forward))
        {
            if (node.Kind == NodeKind.Product)
            {
                _writer.Line("// " + EquationComments.Of(_graph, node));
                _writer.Line($"MaskedProduct.ForwardWindow(lane, {window}, {Parameter(node, 0)}, {Parameter(node, 1)}, Ws, {Start(node.Reads[0])}, {logits}, {rows}, {Site(node)}, {first}, {count});");
                continue;
            }

            if (node.Kind == NodeKind.CrfLoss)
            {
                _writer.Line("lane.Barrier();");
                _writer.Line("// " + EquationComments.Of(_graph, node));
                _writer.Line($"CrfLoss.Rows(lane, w, Ws, {logits}, B, {Parameter(node, 0)}, {Parameter(node, 1)}, {Parameter(node, 2)}, null, {_graph.Values[node.Writes[1]].Name}, Parameters.TagConstraints);");
                continue;
            }

            if (node.Kind == NodeKind.MixtureLoss)
            {
                _writer.Line("lane.Barrier();");
                _writer.Line("// " + EquationComments.Of(_graph, node));
                _writer.Line($"MixtureLoss.Rows(lane, w, Ws, {logits}, {_graph.Values[node.Reads[1]].Name}, {Text.Of(_graph.LossLayer.Declared.Mixture!.Experts)}, {width}, {columns}, B, {first}, {count});");
                continue;
            }

            bool softmax = node.Kind == NodeKind.SoftmaxLoss;
            double share = _graph.LossLayer.Declared.LabelSmoothing;
            string smoothing = share > 0 ? ", " + Text.Of(share) : string.Empty;
            _writer.Line("lane.Barrier();");
            _writer.Line(softmax
                ? smoothing.Length > 0
                    ? "// L1, L3  loss = log(sum of exp(y)) - y[target]; while training y becomes dy = (softmax - (1 - e) onehot - e / classes) / rows"
                    : "// L1  loss = log(sum of exp(y)) - y[target]; while training y becomes dy = (softmax - onehot) / rows"
                : "// L2  loss = mean over the outputs of (y - target)^2; while training y becomes dy = 2 (y - target) / (outputs * rows)");
            _writer.Line($"{(softmax ? "SoftmaxLoss" : "RegressionLoss")}.Rows(lane, w, Ws, {logits}, {width}, {columns}, B, {first}, {count}{smoothing});");
        }

        using (_writer.Block("if (w.Training)"))
        {
            _writer.Line("lane.Barrier();");
            foreach (Node node in group.Where(node => node.Phase != Phase.Forward))
            {
                _writer.Line("// " + EquationComments.Of(_graph, node));
                if (node.Kind == NodeKind.CrfGradient)
                {
                    _writer.Line($"CrfLoss.Gradients(lane, w, Ws, {_graph.Values[node.Reads[0]].Name}, {Gradient(node, 0)}, {Gradient(node, 1)}, {Gradient(node, 2)});");
                    continue;
                }

                _writer.Line(node.Kind == NodeKind.DataGradient
                    ? $"MaskedProduct.BackwardWindow(lane, {window}, {Parameter(node, 0)}, Ws, {logits}, {Start(node.Writes[0])}, {rows}, {Site(node)}, {Text.Of(node.Accumulate())}, {first}, {count});"
                    : $"MaskedProduct.GradientWindow(lane, {window}, {Gradient(node, 0)}, {Gradient(node, 1)}, Ws, {Start(node.Reads[0])}, {logits}, {rows}, {Site(node)}, {first}, {count}, {begin}, {end});");
            }
        }

        _writer.Line("lane.Barrier();");
    }
}
