using System.Collections.Generic;
using System.Linq;
using SdCompiler.Generator.Graph;
using SdCompiler.Generator.Model;
using SdCompiler.Generator.Passes;

namespace SdCompiler.Generator.Emit;

/// <summary>
/// Emits the prediction body of an encoder-decoder: the encoder over whole sentences of any length, and one step of the decoder, for any number of rows, without masks and
/// gradients. Places of buffers are computed when a body is made.
/// </summary>
internal sealed partial class TranslatorEmitter
{
    private readonly EmitPlan _plan;
    private readonly LstmGraph _graph;
    private readonly SourceWriter _writer;
    private readonly HashSet<int> _onSource;
    private readonly HashSet<int> _fedBack;

    private TranslatorEmitter(EmitPlan plan, SourceWriter writer)
    {
        _plan = plan;
        _writer = writer;
        LstmGraph graph = InferShapes.Run(GraphBuilder.Build(plan.Model));
        _graph = FuseGates.Run(CompactGemms.Run(graph, EmitTarget.Cpu));
        _onSource = new HashSet<int>(_graph.Nodes.Where(node => node.OnSource).SelectMany(node => node.Writes));
        _fedBack = new HashSet<int>(_graph.Nodes.Where(node => node.ReadsPrevious).Select(node => node.Reads[0]));
    }

    public static void Emit(EmitPlan plan, SourceWriter writer) => new TranslatorEmitter(plan, writer).Emit();

    private Value Logits => _graph.Values.First(value => value.Layer == _graph.Loss && value.Layout == ValueLayout.RowMajor);

    private Node? Attention => _graph.Nodes.FirstOrDefault(node => node.Kind == NodeKind.Attention);

    private ParameterInfo LossWeight => _graph.Parameters[_graph.Nodes.First(node => node.Kind == NodeKind.Product && node.Layer == _graph.Loss).Parameters[0]];

    private void Emit()
    {
        _writer.Line("/// <summary>The encoder over whole sentences, and one step of the decoder, for any number of rows, without masks and gradients.</summary>");
        _writer.Line(Code.Attribute);
        using (_writer.Block($"file sealed class {_plan.PredictorClass} : global::SdCompiler.Runtime.TranslationBody"))
        {
            EmitFields();
            EmitConstructor();
            EmitMethod("Encode", "The encoder over all sentences, what attention needs of it, and where the decoder's rows start.", IsEncoding);
            EmitMethod("Step", "One step of the decoder: log-probabilities and the new state.", node => !IsEncoding(node));
        }
    }

    /// <summary>What runs once for a sentence.</summary>
    private static bool IsEncoding(Node node) => node.OnSource || node.Kind == NodeKind.StateBridge;

    private void EmitFields()
    {
        foreach (ParameterInfo parameter in _graph.Parameters)
        {
            _writer.Line($"private readonly {WindowSource.TypeOf(parameter)}Parameter {parameter.Field};");
            foreach (MatrixPart part in WindowSource.PartsOf(_graph, parameter))
            {
                _writer.Line($"private readonly MatrixParameter {parameter.Field}_{part.Number};   // rows {part.Start} to {part.Start + part.Rows - 1}");
            }
        }

        _writer.Line("private readonly int B;");
        for (int i = 0; i < _graph.Values.Length; i++)
        {
            string slots = _onSource.Contains(i) ? "all steps of the source" : Slots(i) == "2" ? "before and after a step" : "one step";
            _writer.Line($"private readonly int {_graph.Values[i].Name};   // {slots}");
        }
    }

    private void EmitConstructor()
    {
        _writer.Line();
        _writer.Line($"public {_plan.PredictorClass}(ModelParameters parameters, int rows, int steps)");
        using (_writer.Indented())
        {
            string window = WindowSource.Window(_graph, "1", "rows", "WindowTarget.None");
            _writer.Line($": base(parameters, {window.Replace("Source = new Window(1, ", "Source = new Window(steps, ")})");
        }

        using (_writer.Block())
        {
            _writer.Line("B = rows;");
            foreach (ParameterInfo parameter in _graph.Parameters)
            {
                _writer.Line($"{parameter.Field} = parameters.{WindowSource.TypeOf(parameter)}({Text.Quote(parameter.Name)});");
                foreach (MatrixPart part in WindowSource.PartsOf(_graph, parameter))
                {
                    _writer.Line($"{parameter.Field}_{part.Number} = {parameter.Field}.Part({part.Start}, {part.Rows});");
                }
            }

            for (int i = 0; i < _graph.Values.Length; i++)
            {
                _writer.Line($"{_graph.Values[i].Name} = Take({RowFloats(i)}, {Slots(i)});");
            }

            EmitKeeps();
            _writer.Line($"Output = {Logits.Name};");
            _writer.Line($"OutputWidth = {LossWeight.Field}.Columns;");
            _writer.Line($"OutputStride = {LossWeight.Field}.PaddedColumns;");
            if (Attention is Node attention)
            {
                _writer.Line($"Alpha = {_graph.Values[attention.Writes[0]].Name};");
                _writer.Line($"AlphaStride = {RowFloats(attention.Writes[0])};");
            }

            _writer.Line("Allocate();");
        }
    }

    private void EmitKeeps()
    {
        foreach (StateInfo state in _graph.States.Where(state => !_graph.Layers[state.Layer].Declared.IsSource))
        {
            Value h = _graph.Values[state.Hidden];
            _writer.Line($"Keep({h.Name}, {After(state.Hidden)}, {h.Width.Constant}, 0);");
            _writer.Line($"Keep({_graph.Values[state.Cell].Name}, {After(state.Cell)}, {h.Width.Constant}, {_graph.Values[state.Cell].PaddedWidth});");
        }

        foreach (int value in _fedBack)
        {
            _writer.Line($"Keep({_graph.Values[value].Name}, {After(value)}, {_graph.Values[value].Width.Constant}, 0);");
        }
    }

    private void EmitMethod(string name, string summary, System.Func<Node, bool> belongs)
    {
        _writer.Line();
        _writer.Line($"/// <summary>{summary}</summary>");
        using (_writer.Block($"public override void {name}(Lane lane, Window w)"))
        {
            Node? last = null;
            foreach (Node node in _graph.Nodes.Where(belongs))
            {
                // A lane goes on with the panels of columns that it has just computed; whatever else is read may be another lane's.
                bool samePanels = last is { Kind: NodeKind.Product } && node.Kind is NodeKind.RecurrentCell or NodeKind.Product && last.Writes[0] == node.Writes[0];
                if (last is not null && !samePanels)
                {
                    _writer.Line("lane.Barrier();");
                }

                last = node;
                string comment = node.Kind == NodeKind.RecurrentCell
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

    private string Parameter(Node node, int index) =>
        _graph.Parameters[node.Parameters[index]].Field + (index == 0 && node.Part is MatrixPart part ? "_" + Text.Of(part.Number) : string.Empty);

    private string Name(int value) => _graph.Values[value].Name;

    private string Width(int value) => Text.Of(_graph.Values[value].Width.Constant);

    /// <summary>Where readers of a step find a value: behind what stands before it.</summary>
    private string After(int value)
    {
        Value read = _graph.Values[value];
        return read.IsState || _fedBack.Contains(value) ? $"{read.Name} + ({read.PaddedWidth} * B)" : read.Name;
    }

    private string RowFloats(int value)
    {
        Value it = _graph.Values[value];
        bool isAlpha = Attention is Node attention && attention.Writes[0] == value;
        return isAlpha ? "(steps + 31) / 32 * 32" : it.Width.IsConstant ? Text.Of(it.PaddedWidth) : LossWeight.Field + ".PaddedColumns";
    }

    private string Slots(int value)
    {
        bool before = _graph.Values[value].IsState || _fedBack.Contains(value);
        return _onSource.Contains(value) ? before ? "steps + 1" : "steps" : before ? "2" : "1";
    }
}
