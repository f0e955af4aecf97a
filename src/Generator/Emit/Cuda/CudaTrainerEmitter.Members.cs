using System.Collections.Generic;
using System.Linq;
using SdCompiler.Generator.Graph;
using SdCompiler.Generator.Model;
using SdCompiler.Generator.Passes;

namespace SdCompiler.Generator.Emit.Cuda;

/// <content>Everything of the body but its launches.</content>
internal sealed partial class CudaTrainerEmitter
{
    /// <summary>What a reader with a profiler wants to know: every kernel's blocks, shared memory and access, and what one cell costs.</summary>
    private void EmitTable()
    {
        List<string[]> rows = new() { new[] { "Kernel", "blocks of 256 threads", "shared bytes", "global memory" } };
        rows.AddRange(_kernels.Select(kernel => new[] { "  " + kernel.Name, kernel.Grid, Text.Of(kernel.SharedBytes), kernel.Access }));
        foreach (string line in TextTable.Align(rows))
        {
            _writer.Line("// " + line);
        }

        foreach (Node cell in _graph.Nodes.Where(node => node.Kind == NodeKind.RecurrentCell))
        {
            int H = _graph.Values[cell.Reads[1]].Width.Constant;
            int G = CellKernels.Gates(H), tiles = RowTile.Tiles(B);
            string k = MaskOf(cell) == CellMask.List ? "k" : Text.Of(H);
            string kept = MaskOf(cell) == CellMask.List ? $"; k of {Text.Of(H)} units kept" : string.Empty;
            string weights = $"{k}*{Text.Of(4L * G * tiles)}";
            _writer.Line($"// A cell of {Name(cell.Layer)}: forward 1 launch, {weights} bytes of Wh and {Text.Of(4L * B * ((2 * G) + (4 * H)))} of gates and state; "
                + $"backward 2 launches, {weights} bytes of Wh and {Text.Of(4L * B * ((3 * G) + (7 * H)))} of gates and state{kept}.");
        }
    }

    private void EmitConstants()
    {
        _writer.Line($"private const int B = {_graph.BatchSize};");
        for (int i = 0; i < _graph.Sites.Length; i++)
        {
            _writer.Line($"private const int {_graph.Sites[i].Constant} = {i};");
        }
    }

    private void EmitSource()
    {
        _writer.Line();
        _writer.Line("private const string Kernels = \"\"\"");
        using (_writer.Indented())
        {
            _writer.Line(WindowKernels.Helpers);
            foreach (CudaKernel kernel in _kernels)
            {
                _writer.Line();
                _writer.Line(kernel.Text);
            }

            _writer.Line("\"\"\";");
        }
    }

    private void EmitFields()
    {
        _writer.Line();
        _writer.Line("// Buffers on the device; rows are t*B + b.");
        foreach (Value value in Buffers)
        {
            _writer.Line($"private nint {value.Name};   // {Shape(value)}");
        }

        foreach ((string name, string shape, _) in OwnBuffers())
        {
            _writer.Line($"private nint {name};   // {shape}");
        }

        _writer.Line();
        foreach (ParameterInfo parameter in _graph.Parameters)
        {
            _writer.Line($"private nint {parameter.Field}, D{parameter.Field};");
        }

        _writer.Line();
        foreach (CudaKernel kernel in _kernels)
        {
            _writer.Line($"private CudaFunction {kernel.Name} = null!;");
        }

        if (HasLateLoss)
        {
            _writer.Line();
            _writer.Line("private readonly int Classes, Padded;   // of the loss: known when the model is made");
        }
    }

    /// <summary>Buffers that are no values of the graph: what a product over all steps reads in place of a value and its mask.</summary>
    private IEnumerable<(string Name, string Shape, string Floats)> OwnBuffers()
    {
        string T = Text.Of(_graph.TimeSteps);
        foreach (Node node in _graph.Nodes.Where(node => node.Kind == NodeKind.RecurrentCell && node.Site >= 0 && !_graph.Sites[node.Site].DrawnOnce))
        {
            int units = _graph.Values[node.Reads[1]].Width.Constant;
            yield return (MaskedState(node.Layer), $"[T, B, {units}]", $"{T}L * B * {units}");
        }

        foreach (Node node in _graph.Nodes.Where(node => node.Form == ProductForm.KeptRowUpdates))
        {
            int kept = _graph.Sites[node.Site].Kept;
            string columns = Width(_graph.Values[node.Reads[1]]);
            yield return (Packed(node), $"[T, B, {kept}]", $"{T}L * B * {kept}");
            yield return ("DKept" + Parameter(node, 0), $"[{kept}, {columns}]", $"{kept}L * {columns}");
        }

        foreach (Node node in _graph.Nodes.Where(node => node.Kind == NodeKind.Product && node.Site >= 0))
        {
            int kept = _graph.Sites[node.Site].Kept;
            string columns = Width(_graph.Values[node.Writes[0]]);
            yield return ("Kept" + Parameter(node, 0), $"[{kept}, {columns}]", $"{kept}L * {columns}");
        }

        foreach (Node node in _graph.Nodes.Where(node => node.Kind == NodeKind.DataGradient && node.Site >= 0))
        {
            int kept = _graph.Sites[node.Site].Kept;
            yield return ("D" + Packed(node), $"[T, B, {kept}]", $"{T}L * B * {kept}");
        }
    }

    private string Shape(Value value) => value.Extent switch
    {
        ValueExtent.Carried => $"[T+1, B, {Width(value)}], slot 0 is the carried state",
        ValueExtent.Once => $"[B, {Width(value)}]",
        _ => $"[T, B, {Width(value)}]",
    };

    private string Slots(Value value) => value.Extent switch
    {
        ValueExtent.Carried => Text.Of(_graph.TimeSteps + 1),
        ValueExtent.Once => "1",
        _ => Text.Of(_graph.TimeSteps),
    };

    private void EmitConstructor()
    {
        ParameterInfo lossWeight = _graph.Parameters[_graph.Nodes.First(node => node.Kind == NodeKind.Product && node.Layer == _graph.Loss).Parameters[0]];
        string lossMatrix = $"parameters.Matrix({Text.Quote(lossWeight.Name)})";
        _writer.Line();
        _writer.Line($"public {_body.ClassName}(ModelParameters parameters, MaskSite[] sites)");
        using (_writer.Indented())
        {
            _writer.Line(": base(");
            using (_writer.Indented())
            {
                _writer.Line("parameters,");
                IEnumerable<string> inputs = _graph.Inputs.Select(input => WindowSource.Input(_graph, input));
                _writer.Line($"new Window({Text.Of(_graph.TimeSteps)}, B, {WindowSource.Array("WindowInput", inputs)}, {WindowSource.Target(_graph, lossMatrix)}),");
                _writer.Line($"new MaskSet(parameters.Seed, sites, {Text.Of(_graph.TimeSteps)}, B),");
                IEnumerable<string> layers = _graph.States.Select(state => $"new StateLayer({Text.Quote(_graph.Layers[state.Layer].Label)}, {_graph.Values[state.Hidden].Width.Constant})");
                _writer.Line($"{WindowSource.Array("StateLayer", layers)})");
            }
        }

        using (_writer.Block())
        {
            if (HasLateLoss)
            {
                _writer.Line($"Classes = {lossMatrix}.Columns;");
                _writer.Line($"Padded = {lossMatrix}.PaddedColumns;");
            }
        }

        _writer.Line();
        _writer.Line($"protected override string Name => {Text.Quote(_plan.Name)};");
        _writer.Line();
        _writer.Line($"protected override string Source => {CommonKernels.ClassName(_plan)}.Kernels + Kernels;");
        _writer.Line();
        string defines = HasLateLoss
            ? "new string[] { global::System.FormattableString.Invariant($\"CLASSES={Classes}\"), global::System.FormattableString.Invariant($\"PADDED={Padded}\") }"
            : "global::System.Array.Empty<string>()";
        _writer.Line($"protected override global::System.Collections.Generic.IReadOnlyList<string> Defines => {defines};");
    }

    private void EmitPrepare()
    {
        _writer.Line();
        _writer.Line("/// <summary>Buffers, parameters and kernels.</summary>");
        using (_writer.Block("protected override void Prepare(CudaProgram p)"))
        {
            foreach (Value value in Buffers)
            {
                _writer.Line($"{value.Name} = p.Floats({Slots(value)}L * B * {Width(value)});");
            }

            foreach ((string name, _, string floats) in OwnBuffers())
            {
                _writer.Line($"{name} = p.Floats({floats});");
            }

            for (int i = 0; i < _graph.States.Length; i++)
            {
                _writer.Line($"p.State({Text.Of(i)}, {_graph.Values[_graph.States[i].Hidden].Name}, {_graph.Values[_graph.States[i].Cell].Name});");
            }

            for (int i = 0; i < _graph.Parameters.Length; i++)
            {
                ParameterInfo parameter = _graph.Parameters[i];
                string name = Text.Quote(parameter.Name);
                if (parameter.Kind == ParameterKind.Table)
                {
                    int layer = _graph.Nodes.First(node => node.Kind == NodeKind.Embedding && node.Parameters[0] == i).Layer;
                    string input = Text.Of(_graph.Inputs.IndexOf(layer));
                    _writer.Line($"{parameter.Field} = p.Table({name}, {input});");
                    _writer.Line($"D{parameter.Field} = p.TableGradient({name}, {input});");
                }
                else
                {
                    _writer.Line($"{parameter.Field} = p.Values({name});");
                    _writer.Line($"D{parameter.Field} = p.Gradient({name});");
                }
            }

            foreach (CudaKernel kernel in _kernels)
            {
                _writer.Line($"{kernel.Name} = p.Kernel({Text.Quote(kernel.Name)});");
            }
        }
    }
}
