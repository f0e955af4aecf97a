using System.Collections.Generic;
using System.Linq;
using SdCompiler.Generator.Graph;
using SdCompiler.Generator.Model;
using SdCompiler.Generator.Passes;

namespace SdCompiler.Generator.Emit;

/// <summary>Emits one training body for the CPU: straight-line calls with constant sizes and offsets, in the order that the passes decided.</summary>
internal sealed partial class CpuTrainerEmitter
{
    private readonly EmitPlan _plan;
    private readonly BodyPlan _body;
    private readonly LstmGraph _graph;
    private readonly SourceWriter _writer;

    /// <summary>The phase that the emitted method is in, or null where it is not known.</summary>
    private string? _phase;

    private CpuTrainerEmitter(EmitPlan plan, BodyPlan body, SourceWriter writer)
    {
        _plan = plan;
        _body = body;
        _graph = body.Graph;
        _writer = writer;
    }

    public static void Emit(EmitPlan plan, BodyPlan body, SourceWriter writer) => new CpuTrainerEmitter(plan, body, writer).Emit();

    private void Emit()
    {
        string[] variants = _plan.Variants.Where(variant => variant.Body == _body).Select(variant => variant.Variant.Name).ToArray();
        string of = variants.Length == 0 || variants[0].Length == 0 ? "The training body." : $"The training body of {string.Join(", ", variants)}{(variants.Length > 1 ? ": they differ in what each site keeps" : string.Empty)}.";
        _writer.Line($"/// <summary>{of}</summary>");
        _writer.Line(Code.Attribute);
        // The base's full name, because a model may be called so that its body hides a name of the runtime.
        using (_writer.Block($"file sealed class {_body.ClassName} : global::SdCompiler.Runtime.CpuTrainerBody"))
        {
            EmitConstants();
            EmitOffsets();
            EmitFields();
            EmitConstructor();
            EmitForward();
            EmitBackward();
        }
    }

    private string Name(int layer) => _graph.Layers[layer].Name;

    private bool IsLate(Value value) => !value.Width.IsConstant;

    private Value Logits => _graph.Values.First(value => value.Layer == _graph.Loss && value.Layout == ValueLayout.RowMajor);

    /// <summary>The offset of time slot 0 of a value as products see it: a carried value begins with the state before the window.</summary>
    private string Start(int value)
    {
        Value read = _graph.Values[value];
        return read.IsState ? $"{read.Name} + StepH_{Name(read.Layer)}" : read.Name;
    }

    /// <summary>The window over which a layer's method runs: that of the batch, or one whose rows are words and whose steps are characters.</summary>
    private string WindowOf(int layer) => _graph.Layers[layer].IsSpelling ? $"w.Characters({Text.Of(_graph.Inputs.IndexOf(_graph.InputOf(layer)))}).Words.Shape" : "w";

    /// <summary>The stride of the rows of a layer's chain.</summary>
    private string Batch(int layer) => _graph.Layers[layer].IsSpelling ? "Rows_" + Name(_graph.InputOf(layer)) : "B";

    /// <summary>The number of the mask site that a call is given.</summary>
    private string Site(Node node) => node.Site < 0 ? "-1" : _graph.Sites[node.Site].Constant;

    private string Parameter(Node node, int index) => _graph.Parameters[node.Parameters[index]].Field + (index == 0 && node.Part is MatrixPart part ? "_" + Text.Of(part.Number) : string.Empty);

    private string Gradient(Node node, int index) => "D" + Parameter(node, index);

    /// <summary>Groups nodes that follow each other and belong to one layer. A chain ends its group, because a short window returns from its method.</summary>
    private List<List<Node>> Runs(IEnumerable<Node> nodes)
    {
        List<List<Node>> runs = new();
        foreach (Node node in nodes)
        {
            List<Node>? last = runs.Count == 0 ? null : runs[runs.Count - 1];
            bool sameChain = last is not null && node.Chain > 0 && last[0].Chain == node.Chain;
            if (last is null || (!sameChain && (last[0].Half != node.Half || last[0].Layer != node.Layer || last[0].Chain != node.Chain || last[last.Count - 1].Kind == NodeKind.RecurrentCell)))
            {
                runs.Add(new List<Node>());
            }

            runs[runs.Count - 1].Add(node);
        }

        return runs;
    }

    /// <summary>A run with a product gets a method of its own, and so does one over characters, whose window is another; other nodes stand in the main method.</summary>
    private bool HasMethod(List<Node> run) => run.Any(node => node.Form != ProductForm.None) || _graph.Layers[run[0].Layer].IsSpelling;

    private void EmitRuns(string main, string summary, string prefix, IEnumerable<Node> nodes)
    {
        List<List<Node>> runs = Runs(nodes);
        NameTable methods = new();
        Dictionary<List<Node>, string> names = runs.Where(HasMethod).ToDictionary(run => run, run => methods.Take(MethodName(prefix, run)));
        _writer.Line();
        _writer.Line($"/// <summary>{summary}</summary>");
        _phase = null;
        using (_writer.Block($"public override void {main}(Lane lane, Window w)"))
        {
            foreach (List<Node> run in runs)
            {
                if (!HasMethod(run))
                {
                    run.ForEach(EmitNode);
                    continue;
                }

                EmitBarrier(run[0]);
                EmitCall(run[0].Half, names[run], WindowOf(run[0].Layer));
                _phase = null;
            }
        }

        foreach (List<Node> run in runs.Where(HasMethod))
        {
            _writer.Line();
            _phase = null;
            if (MethodPrefix(prefix, run) == "Loss")
            {
                EmitLoss(run);
                continue;
            }

            if (run[0].Chain > 0)
            {
                EmitStepChain(run, names[run], prefix == "Forward");
                continue;
            }

            using (_writer.Block($"private void {names[run]}(Lane lane, Window w)"))
            {
                for (int i = 0; i < run.Count; i++)
                {
                    EmitNode(i == 0 ? run[i] with { BarrierBefore = false } : run[i]);
                }
            }

            EmitGroups(run);
        }
    }

    private void EmitCall(int half, string method, string window)
    {
        if (half < 0)
        {
            _writer.Line($"{method}(lane, {window});");
            return;
        }

        if (half == 0)
        {
            _writer.Line("// The directions read nothing of each other: each half of the lanes takes one.");
        }

        _writer.Line($"if (lane.Takes({half})) {method}(lane.Half, {window});");
        if (half == 1)
        {
            _writer.Line("lane.Barrier();");
        }
    }

    private string MethodName(string prefix, List<Node> run) => run[0].Chain > 0
        ? $"{prefix}Chain_{Name(run.First(node => node.Kind is NodeKind.RecurrentCell or NodeKind.RecurrentCellGradient).Layer)}"
        : $"{MethodPrefix(prefix, run)}_{Name(run[0].Layer)}";

    /// <summary>The window that a node runs over.</summary>
    private static string W(Node node) => node.OnSource ? "w.Source" : "w";

    /// <summary>Says, where the phase changes, to which part of the step the time that follows belongs.</summary>
    private void EmitPhase(string phase)
    {
        if (_phase != phase)
        {
            _writer.Line($"lane.Enter(StepPhase.{phase});");
            _phase = phase;
        }
    }

    private string PhaseOf(Node node) => node.Kind switch
    {
        NodeKind.PackedInput when node.Layer == _graph.Loss => "Loss",
        NodeKind.PackedInput or NodeKind.Product or NodeKind.RecurrentCell or NodeKind.Attention => "Forward",
        NodeKind.DataGradient or NodeKind.RecurrentCellGradient or NodeKind.AttentionGradient => "Backward",
        NodeKind.WeightGradient => "WeightGradient",
        _ => "Rest",
    };

    private string MethodPrefix(string prefix, List<Node> run) =>
        prefix == "Forward" && run[0].Layer == _graph.Loss && run.Any(node => node.Kind == NodeKind.Product) ? "Loss" : prefix;

    private void EmitBarrier(Node node)
    {
        if (node.BarrierBefore)
        {
            _writer.Line("lane.Barrier();");
        }
    }
}
