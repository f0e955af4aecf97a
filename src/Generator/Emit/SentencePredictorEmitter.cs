using System.Collections.Generic;
using System.Linq;
using SdCompiler.Generator.Graph;
using SdCompiler.Generator.Model;
using SdCompiler.Generator.Passes;

namespace SdCompiler.Generator.Emit;

/// <summary>
/// Emits the prediction body of a model whose rows are whole sentences: a whole window forward, without masks and gradients. Rows and steps are known at run time, so
/// chains are loops, and every buffer has a place of its own.
/// </summary>
internal sealed class SentencePredictorEmitter
{
    private readonly EmitPlan _plan;
    private readonly LstmGraph _graph;
    private readonly SourceWriter _writer;

    private SentencePredictorEmitter(EmitPlan plan, SourceWriter writer)
    {
        _plan = plan;
        _writer = writer;
        LstmGraph graph = InferShapes.Run(GraphBuilder.Build(plan.Model));
        _graph = FuseGates.Run(CompactGemms.Run(graph, EmitTarget.Cpu));
    }

    public static void Emit(EmitPlan plan, SourceWriter writer) => new SentencePredictorEmitter(plan, writer).Emit();

    private bool HasTags => _graph.LossLayer.Declared.Kind == LayerKind.Crf;

    /// <summary>What the outputs need: nothing of what only a gradient reads.</summary>
    private IEnumerable<Value> Values => _graph.Values.Where(value => value.Layout != ValueLayout.TagScores);

    private Value Logits => _graph.Values.First(value => value.Layer == _graph.Loss && value.Layout == ValueLayout.RowMajor);

    private ParameterInfo LossWeight => _graph.LossMatrix;

    private void Emit()
    {
        _writer.Line("/// <summary>Whole sentences forward, any number of them and of any length, without masks and gradients.</summary>");
        _writer.Line(Code.Attribute);
        using (_writer.Block($"file sealed class {_plan.PredictorClass} : global::SdCompiler.Runtime.SentenceBody"))
        {
            foreach (ParameterInfo parameter in _graph.Parameters)
            {
                _writer.Line($"private readonly {WindowSource.TypeOf(parameter)}Parameter {parameter.Field};");
            }

            _writer.Line("private readonly int B;");
            _writer.Line("// Workspace offsets in floats.");
            foreach (Value value in Values)
            {
                _writer.Line($"private int {value.Name};   // {Shape(value)}");
            }

            EmitConstructor();
            EmitPlaces();
            EmitForward();
            if (HasTags)
            {
                EmitDecode();
            }
        }
    }

    private void EmitConstructor()
    {
        string matrix = $"parameters.Matrix({Text.Quote(LossWeight.Name)})";
        _writer.Line();
        _writer.Line($"public {_plan.PredictorClass}(ModelParameters parameters, int rows)");
        using (_writer.Indented())
        {
            string inputs = WindowSource.Array("WindowInput", _graph.Inputs.Select(input => WindowSource.Input(_graph, input)));
            _writer.Line($": base(parameters, {inputs}, rows, {Text.Of(_graph.BatchSize)}, {matrix}.Columns, {(Logits.Width.IsConstant ? Text.Of((long)Logits.PaddedWidth * Logits.RowsEach) : matrix + ".PaddedColumns" + Each(Logits))}{(Logits.RowsEach == 1 ? string.Empty : ", " + Text.Of(Logits.RowsEach))})");
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

    private static string Each(Value value) => value.RowsEach == 1 ? string.Empty : $" * {Text.Of(value.RowsEach)}";

    private void EmitPlaces()
    {
        _writer.Line();
        _writer.Line("/// <summary>One buffer behind the other.</summary>");
        using (_writer.Block("protected override void PlaceBuffers(int steps)"))
        {
            foreach (Value value in Values)
            {
                string slots = value.Characters > 0 ? Text.Of(PredictorChain.Slots(value)) : value.Extent switch
                {
                    ValueExtent.Carried => "steps + 1",
                    ValueExtent.Reversed => "steps + 2",
                    ValueExtent.Once => "1",
                    _ => "steps",
                };
                _writer.Line($"{value.Name} = Place({slots}, {(value.Characters > 0 ? $"{Text.Of(value.PaddedWidth)} * steps" : value.Width.IsConstant ? Text.Of(value.PaddedWidth * value.RowsEach) : LossWeight.Field + ".PaddedColumns" + Each(value))});");
            }

            _writer.Line($"Output = {Logits.Name};");
        }
    }

    private void EmitForward()
    {
        _writer.Line();
        _writer.Line("/// <summary>From the inputs to the outputs.</summary>");
        using (_writer.Block("public override void Forward(Lane lane, Window w)"))
        {
            Node? last = null;
            foreach (Node node in _graph.Nodes.Where(node => node.Kind != NodeKind.CrfLoss)) // the outputs are the emissions
            {
                // A lane's cell reads the gates that the lane itself has just summed, and a chain ends with a barrier. Whatever else is read may be another lane's.
                if (last is not null && last.Kind != NodeKind.RecurrentCell && !(last.Kind == NodeKind.Product && node.Kind == NodeKind.RecurrentCell))
                {
                    _writer.Line("lane.Barrier();");
                }

                last = node;
                string comment = node.Kind == NodeKind.RecurrentCell ? PredictorChain.Comment(_graph, node) : EquationComments.Of(_graph, node);
                if (comment.Length > 0)
                {
                    _writer.Line("// " + comment);
                }

                EmitNode(node);
            }
        }
    }

    private void EmitDecode()
    {
        Node loss = _graph.Nodes.First(node => node.Kind == NodeKind.CrfLoss);
        _writer.Line();
        _writer.Line("/// <summary>C5  the best path of tags of each row.</summary>");
        using (_writer.Block("public override void Decode(Lane lane, Window w, global::System.Span<int> tags)"))
        {
            _writer.Line($"CrfLoss.Decode(lane, w, Ws, {Logits.Name}, B, {Parameter(loss, 0)}, {Parameter(loss, 1)}, {Parameter(loss, 2)}, Parameters.TagConstraints, tags);");
        }
    }

    private void EmitNode(Node node)
    {
        switch (node.Kind)
        {
            case NodeKind.Embedding:
                string gather = _graph.Parameters[node.Parameters[0]].IsMatrix ? "GatherTied" : "Gather";
                _writer.Line($"EmbeddingLookup.{gather}(lane, w, {_graph.Inputs.IndexOf(node.Layer)}, {Parameter(node, 0)}, Ws, {Name(node.Writes[0])}, B, -1, 0d);");
                break;
            case NodeKind.Characters when _graph.Values[node.Writes[0]].Characters > 0:
                _writer.Line($"CharacterLstm.Gather(lane, w, {_graph.Inputs.IndexOf(node.Layer)}, {Parameter(node, 0)}, Ws, {Name(node.Writes[0])}, -1);");
                break;
            case NodeKind.WordEnds:
                _writer.Line($"CharacterLstm.Ends(lane, w, {_graph.Inputs.IndexOf(node.Layer)}, Ws, {Source(node.Reads[0])}, {Source(node.Reads[1])}, {Name(node.Writes[0])}, {Width(node.Reads[0])}, B);");
                break;
            case NodeKind.Product when _graph.Layers[node.Layer].IsSpelling:
                string spelled = PredictorChain.Words(_graph, node.Layer);
                _writer.Line($"MaskedProduct.ForwardWindow(lane, {spelled}, {Parameter(node, 0)}, {Parameter(node, 1)}, Ws, {Name(node.Reads[0])}, {Name(node.Writes[0])}, {BatchOf(node.Layer)}, -1, 0, {spelled}.Steps);");
                break;
            case NodeKind.Characters:
                _writer.Line($"CharacterCnn.Gather(lane, w, {_graph.Inputs.IndexOf(node.Layer)}, {Parameter(node, 0)}, Ws, {Name(node.Writes[0])}, B, -1);");
                break;
            case NodeKind.CharacterPool:
                _writer.Line($"CharacterCnn.Pool(lane, w, {_graph.Inputs.IndexOf(node.Layer)}, {Parameter(node, 1)}, {Parameter(node, 0)}, Ws, {Name(node.Reads[0])}, {Name(node.Writes[0])}, {Name(node.Writes[1])}, B);");
                break;
            case NodeKind.Series:
                _writer.Line($"SeriesInput.Load(lane, w, {_graph.Inputs.IndexOf(node.Layer)}, Ws, {Name(node.Writes[0])}, {Width(node.Writes[0])}, B);");
                break;
            case NodeKind.Concat:
                int start = 0;
                foreach (int read in node.Reads)
                {
                    _writer.Line($"ConcatUnits.Forward(lane, w, Ws, {Source(read)}, {Width(read)}, {Name(node.Writes[0])}, {Width(node.Writes[0])}, {Text.Of(start)}, B);");
                    start += _graph.Values[read].Width.Constant;
                }

                break;
            case NodeKind.Product:
                string count = _graph.Values[node.Writes[0]].Extent == ValueExtent.Once ? "1" : "w.Steps";
                int each = _graph.Values[node.Reads[0]].RowsEach;
                string window = WindowSource.WindowOf(_graph, _graph.Values[node.Reads[0]]);
                string rows = each == 1 ? "B" : $"B * {Text.Of(each)}";
                string bias = node.Parameters.Length > 1 ? Parameter(node, 1) : "null";
                _writer.Line($"MaskedProduct.ForwardWindow(lane, {window}, {Parameter(node, 0)}, {bias}, Ws, {Source(node.Reads[0])}, {Name(node.Writes[0])}, {rows}, -1, 0, {count});");
                break;
            case NodeKind.ReverseStart:
                _writer.Line($"LstmCell.ReverseStart(lane, {WindowOf(node.Layer)}, Ws, {Width(node.Writes[0])}, {Name(node.Writes[0])}, {Name(node.Writes[1])}, {BatchOf(node.Layer)});");
                break;
            case NodeKind.RecurrentCell:
                PredictorChain.Emit(_writer, _graph, node, WindowOf(node.Layer), BatchOf(node.Layer), value => value.Name);
                break;
            case NodeKind.Activation:
                Value y = _graph.Values[node.Reads[0]];
                _writer.Line($"DenseActivation.ForwardWindow(lane, w, global::SdCompiler.Activation.{_graph.Layers[node.Layer].Declared.Activation}, Ws, {y.Name}, {Name(node.Writes[1])}, {Text.Of(y.Width.Constant)}, {Text.Of(y.PaddedWidth)}, B);");
                break;
            case NodeKind.Contexts:
                MixtureModel mixture = _graph.LossLayer.Declared.Mixture!;
                _writer.Line($"MixtureContexts.Forward(lane, w, Ws, {Name(node.Reads[0])}, {Name(node.Writes[1])}, {Text.Of(mixture.Experts)}, {Text.Of(mixture.Width)}, {Text.Of(_graph.Values[node.Reads[0]].PaddedWidth)}, B);");
                break;
            case NodeKind.MixtureLoss:
                _writer.Line("// log-probabilities, in the place of each row's first expert");
                _writer.Line($"MixtureLoss.Rows(lane, w, Ws, {Logits.Name}, {Name(node.Reads[1])}, {Text.Of(_graph.LossLayer.Declared.Mixture!.Experts)}, {LossWeight.Field}.Columns, {LossWeight.Field}.PaddedColumns, B, 0, w.Steps);");
                break;
            case NodeKind.LastState:
                string ends = node.Starts.Length > 0 ? "Ends" : string.Empty;
                string forward = node.Starts.Length > 0 ? Text.Of(node.Starts[0]) + ", " : string.Empty;
                _writer.Line($"LastState.Gather{ends}(lane, w, Ws, {Source(node.Reads[0])}, {Name(node.Writes[0])}, {Width(node.Reads[0])}, {forward}B);");
                break;
            case NodeKind.SoftmaxLoss:
                _writer.Line("// log-probabilities");
                string steps = Logits.Extent == ValueExtent.Once ? "1" : "w.Steps";
                _writer.Line($"SoftmaxLoss.Rows(lane, w, Ws, {Logits.Name}, {LossWeight.Field}.Columns, {LossWeight.Field}.PaddedColumns, B, 0, {steps});");
                break;
        }
    }

    /// <summary>The window over which a layer runs: that of the sentences, or one whose rows are words and whose steps are characters.</summary>
    private string WindowOf(int layer) => _graph.Layers[layer].IsSpelling ? PredictorChain.Words(_graph, layer) : "w";

    /// <summary>The stride of a layer's rows.</summary>
    private string BatchOf(int layer) => _graph.Layers[layer].IsSpelling ? "(B * w.TimeSteps)" : "B";

    private string Parameter(Node node, int index) => _graph.Parameters[node.Parameters[index]].Field;

    private string Name(int value) => _graph.Values[value].Name;

    /// <summary>Where a reader finds step 0 of a value: behind the state that a chain starts from.</summary>
    private string Source(int value)
    {
        Value read = _graph.Values[value];
        return read.IsState ? $"{read.Name} + ({BatchOf(read.Layer)} * {Text.Of(read.PaddedWidth)})" : read.Name;
    }

    private string Width(int value) => Text.Of(_graph.Values[value].Width.Constant);

    private string Shape(Value value)
    {
        string width = value.Width.IsConstant ? Text.Of(value.PaddedWidth) : "V";
        string rows = value.Characters > 0 ? "B*T" : value.RowsEach == 1 ? "B" : $"B*{Text.Of(value.RowsEach)}";
        string inner = value.Layout == ValueLayout.UnitMajor ? $"{width}, {rows}" : $"{rows}, {width}";
        string steps = value.Characters > 0 ? Text.Of(value.Characters) : "T";
        return value.Extent switch
        {
            ValueExtent.Carried => $"[{steps}+1, {inner}], slot 0 stays zero",
            ValueExtent.Reversed => $"[{steps}+2, {inner}], zero behind a row's last slot",
            ValueExtent.Once => $"[{inner}]",
            _ => $"[{steps}, {inner}]",
        };
    }
}
