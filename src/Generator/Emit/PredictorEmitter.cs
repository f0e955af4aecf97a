using System.Collections.Generic;
using System.Linq;
using System.Threading;
using SdCompiler.Generator.Graph;
using SdCompiler.Generator.Model;
using SdCompiler.Generator.Passes;

namespace SdCompiler.Generator.Emit;

/// <summary>
/// Emits the prediction body: one step forward for any number of rows, without masks and gradients. Offsets are floats per row; the number of rows
/// is known when a predictor is made.
/// </summary>
internal sealed class PredictorEmitter
{
    private readonly EmitPlan _plan;
    private readonly LstmGraph _graph;
    private readonly SourceWriter _writer;

    private PredictorEmitter(EmitPlan plan, SourceWriter writer)
    {
        _plan = plan;
        _writer = writer;
        LstmGraph graph = InferShapes.Run(GraphBuilder.Build(plan.Model));
        _graph = FuseGates.Run(CompactGemms.Run(graph, EmitTarget.Cpu));
    }

    public static void Emit(EmitPlan plan, SourceWriter writer) => new PredictorEmitter(plan, writer).Emit();

    private Value Logits => _graph.Values.First(value => value.Layer == _graph.Loss && value.Layout == ValueLayout.RowMajor);

    private ParameterInfo LossWeight => _graph.LossMatrix;

    private void Emit()
    {
        _writer.Line("/// <summary>One step forward for any number of rows, without masks and gradients.</summary>");
        _writer.Line(Code.Attribute);
        using (_writer.Block($"file sealed class {_plan.PredictorClass} : global::SdCompiler.Runtime.PredictorBody"))
        {
            EmitOffsets();
            foreach (ParameterInfo parameter in _graph.Parameters)
            {
                _writer.Line($"private readonly {WindowSource.TypeOf(parameter)}Parameter {parameter.Field};");
            }

            EmitConstructor();
            EmitStep();
        }
    }

    private void EmitOffsets()
    {
        _writer.Line("// Floats per row before each buffer.");
        int offset = 0;
        foreach (Value value in _graph.Values.Where(value => value.Width.IsConstant))
        {
            bool spelled = value.Characters > 0; // a word at a time for each row, all its characters
            int floats = checked(value.PaddedWidth * (spelled ? PredictorChain.Slots(value) : value.RowsEach));
            _writer.Line($"private const int {value.Name} = {Text.Of(offset)};   // {(value.IsState && !spelled ? "two slots of " : string.Empty)}{Text.Of(floats)}");
            offset = checked(offset + (floats * (value.IsState && !spelled ? 2 : 1)));
        }

        foreach (Value value in _graph.Values.Where(value => !value.Width.IsConstant))
        {
            _writer.Line($"private const int {value.Name} = Fixed;   // behind all others, because its width is known late");
        }

        _writer.Line($"private const int Fixed = {Text.Of(offset)};");
        _writer.Line("private readonly int B;");
    }

    private void EmitConstructor()
    {
        string matrix = $"parameters.Matrix({Text.Quote(LossWeight.Name)})";
        bool late = !Logits.Width.IsConstant;
        string stride = late ? matrix + ".PaddedColumns" + (Logits.RowsEach == 1 ? string.Empty : $" * {Text.Of(Logits.RowsEach)}") : Text.Of((long)Logits.PaddedWidth * Logits.RowsEach);
        _writer.Line();
        _writer.Line($"public {_plan.PredictorClass}(ModelParameters parameters, int rows)");
        using (_writer.Indented())
        {
            _writer.Line(": base(");
            using (_writer.Indented())
            {
                _writer.Line("parameters,");
                _writer.Line($"{WindowSource.Window(_graph, "1", "rows", "WindowTarget.None")},");
                IEnumerable<string> slots = _graph.States.Where(state => state.IsCarried).Select(state =>
                {
                    Value h = _graph.Values[state.Hidden];
                    Value c = _graph.Values[state.Cell];
                    return $"new StateSlot({Text.Quote(_graph.Layers[state.Layer].Label)}, {h.Width.Constant}, {h.Name} * rows, {c.Name} * rows, {h.PaddedWidth} * rows, {c.PaddedWidth} * rows)";
                });
                _writer.Line($"{WindowSource.Array("StateSlot", slots)},");
                // In 64 bits, so that too many rows are refused by the workspace instead of wrapping round to a small one.
                _writer.Line(late ? $"(Fixed + (long){stride}) * rows," : "(long)Fixed * rows,");
                _writer.Line($"{Logits.Name} * rows,");
                _writer.Line($"{matrix}.Columns,");
                _writer.Line($"{stride})");
            }
        }

        using (_writer.Block())
        {
            _writer.Line("B = rows;");
            if (_graph.LossLayer.Declared.Kind == LayerKind.Classification)
            {
                _writer.Line("PerStep = false;");
            }

            foreach (ParameterInfo parameter in _graph.Parameters)
            {
                _writer.Line($"{parameter.Field} = parameters.{WindowSource.TypeOf(parameter)}({Text.Quote(parameter.Name)});");
            }
        }
    }

    private void EmitStep()
    {
        _writer.Line();
        _writer.Line("/// <summary>One step: outputs and the new state.</summary>");
        using (_writer.Block("public override void ForwardStep(Lane lane, Window w)"))
        {
            Node? last = null;
            foreach (Node node in _graph.Nodes)
            {
                // A lane's cell reads the gates that the lane itself has just summed: both share out the same panels. Whatever else is read may be another lane's.
                if (last is not null && !(last.Kind == NodeKind.RecurrentCell && _graph.Layers[last.Layer].IsSpelling) && !(last.Kind == NodeKind.Product && node.Kind == NodeKind.RecurrentCell))
                {
                    _writer.Line("lane.Barrier();");
                }

                last = node;
                string comment = node.Kind == NodeKind.RecurrentCell && _graph.Layers[node.Layer].IsSpelling ? PredictorChain.Comment(_graph, node)
                    : node.Kind == NodeKind.RecurrentCell
                    ? "F1-F4  a += h.Wh; i, f, o = sigmoid, g = tanh; c' = f*c + i*g; h' = o*tanh(c')"
                    : EquationComments.Of(_graph, node);
                if (comment.Length > 0)
                {
                    _writer.Line("// " + comment.Replace(" for all t at once, panel outer, time inner", string.Empty));
                }

                EmitNode(node);
            }
        }
    }

    private void EmitNode(Node node)
    {
        switch (node.Kind)
        {
            case NodeKind.Embedding:
                string gather = _graph.Parameters[node.Parameters[0]].IsMatrix ? "GatherTied" : "Gather";
                _writer.Line($"EmbeddingLookup.{gather}(lane, w, {_graph.Inputs.IndexOf(node.Layer)}, {Parameter(node, 0)}, Ws, {At(node.Writes[0])}, B, -1, 0d);");
                break;
            case NodeKind.Characters when _graph.Values[node.Writes[0]].Characters > 0:
                _writer.Line($"CharacterLstm.Gather(lane, w, {_graph.Inputs.IndexOf(node.Layer)}, {Parameter(node, 0)}, Ws, {At(node.Writes[0])}, -1);");
                break;
            case NodeKind.WordEnds:
                _writer.Line($"CharacterLstm.Ends(lane, w, {_graph.Inputs.IndexOf(node.Layer)}, Ws, {Source(node.Reads[0])}, {Source(node.Reads[1])}, {At(node.Writes[0])}, {Width(node.Reads[0])}, B);");
                break;
            case NodeKind.Product when _graph.Layers[node.Layer].IsSpelling:
                string spelled = PredictorChain.Words(_graph, node.Layer);
                _writer.Line($"MaskedProduct.ForwardWindow(lane, {spelled}, {Parameter(node, 0)}, {Parameter(node, 1)}, Ws, {At(node.Reads[0])}, {At(node.Writes[0])}, B, -1, 0, {spelled}.Steps);");
                break;
            case NodeKind.ReverseStart:
                _writer.Line($"LstmCell.ReverseStart(lane, {PredictorChain.Words(_graph, node.Layer)}, Ws, {Width(node.Writes[0])}, {At(node.Writes[0])}, {At(node.Writes[1])}, B);");
                break;
            case NodeKind.RecurrentCell when _graph.Layers[node.Layer].IsSpelling:
                PredictorChain.Emit(_writer, _graph, node, PredictorChain.Words(_graph, node.Layer), "B", value => $"({value.Name} * B)");
                break;
            case NodeKind.Characters:
                _writer.Line($"CharacterCnn.Gather(lane, w, {_graph.Inputs.IndexOf(node.Layer)}, {Parameter(node, 0)}, Ws, {At(node.Writes[0])}, B, -1);");
                break;
            case NodeKind.CharacterPool:
                _writer.Line($"CharacterCnn.Pool(lane, w, {_graph.Inputs.IndexOf(node.Layer)}, {Parameter(node, 1)}, {Parameter(node, 0)}, Ws, {At(node.Reads[0])}, {At(node.Writes[0])}, {At(node.Writes[1])}, B);");
                break;
            case NodeKind.Series:
                _writer.Line($"SeriesInput.Load(lane, w, {_graph.Inputs.IndexOf(node.Layer)}, Ws, {At(node.Writes[0])}, {Width(node.Writes[0])}, B);");
                break;
            case NodeKind.Concat:
                int start = 0;
                foreach (int read in node.Reads)
                {
                    _writer.Line($"ConcatUnits.Forward(lane, w, Ws, {Source(read)}, {Width(read)}, {At(node.Writes[0])}, {Width(node.Writes[0])}, {start}, B);");
                    start += _graph.Values[read].Width.Constant;
                }

                break;
            case NodeKind.Product:
                Value x = _graph.Values[node.Reads[0]];
                string rows = x.RowsEach == 1 ? "B" : $"B * {Text.Of(x.RowsEach)}";
                string window = WindowSource.WindowOf(_graph, x);
                string bias = node.Parameters.Length > 1 ? Parameter(node, 1) : "null";
                _writer.Line($"MaskedProduct.ForwardWindow(lane, {window}, {Parameter(node, 0)}, {bias}, Ws, {Source(node.Reads[0])}, {At(node.Writes[0])}, {rows}, -1, 0, 1);");
                break;
            case NodeKind.RecurrentCell:
                Value h = _graph.Values[node.Reads[1]];
                Value c = _graph.Values[node.Reads[2]];
                _writer.Line(
                    $"LstmCell.Forward(lane, w, 0, {Parameter(node, 0)}, Ws, {h.Width.Constant}, {At(node.Reads[0])}, {h.Name} * B, ({h.Name} + {h.PaddedWidth}) * B, "
                    + $"{c.Name} * B, ({c.Name} + {c.PaddedWidth}) * B, B, -1, -1);");
                break;
            case NodeKind.Activation:
                Value y = _graph.Values[node.Reads[0]];
                _writer.Line($"DenseActivation.ForwardWindow(lane, w, global::SdCompiler.Activation.{_graph.Layers[node.Layer].Declared.Activation}, Ws, {At(node.Reads[0])}, {At(node.Writes[1])}, {y.Width.Constant}, {y.PaddedWidth}, B);");
                break;
            case NodeKind.Contexts:
                MixtureModel mixture = _graph.LossLayer.Declared.Mixture!;
                _writer.Line($"MixtureContexts.Forward(lane, w, Ws, {At(node.Reads[0])}, {At(node.Writes[1])}, {Text.Of(mixture.Experts)}, {Text.Of(mixture.Width)}, {Text.Of(_graph.Values[node.Reads[0]].PaddedWidth)}, B);");
                break;
            case NodeKind.MixtureLoss:
                _writer.Line("// log-probabilities, in the place of each row's first expert");
                _writer.Line($"MixtureLoss.Rows(lane, w, Ws, {At(node.Reads[0])}, {At(node.Reads[1])}, {Text.Of(_graph.LossLayer.Declared.Mixture!.Experts)}, {LossWeight.Field}.Columns, {LossWeight.Field}.PaddedColumns, B, 0, 1);");
                break;
            case NodeKind.LastState:
                _writer.Line($"LastState.Gather(lane, w, Ws, {Source(node.Reads[0])}, {At(node.Writes[0])}, {Width(node.Reads[0])}, B);");
                break;
            case NodeKind.SoftmaxLoss:
                _writer.Line("// log-probabilities");
                _writer.Line($"SoftmaxLoss.Rows(lane, w, Ws, {At(node.Reads[0])}, {LossWeight.Field}.Columns, {LossWeight.Field}.PaddedColumns, B, 0, 1);");
                break;
        }
    }

    private string Parameter(Node node, int index) => _graph.Parameters[node.Parameters[index]].Field;

    private string At(int value) => _graph.Values[value].Name + " * B";

    /// <summary>Where a reader finds a value: the new state is in slot 1.</summary>
    private string Source(int value)
    {
        Value read = _graph.Values[value];
        return read.IsState ? $"({read.Name} + {read.PaddedWidth}) * B" : At(value);
    }

    private string Width(int value) => Text.Of(_graph.Values[value].Width.Constant);
}
