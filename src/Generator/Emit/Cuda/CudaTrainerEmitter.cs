using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using SdCompiler.Generator.Graph;
using SdCompiler.Generator.Model;
using SdCompiler.Generator.Passes;

namespace SdCompiler.Generator.Emit.Cuda;

/// <summary>
/// Emits one training body for CUDA: the kernels as CUDA C with constant sizes, and the launches of one step, in the order that the passes decided. Values lie row by row, row t*B + b.
/// </summary>
internal sealed partial class CudaTrainerEmitter
{
    private readonly EmitPlan _plan;
    private readonly BodyPlan _body;
    private readonly LstmGraph _graph;
    private readonly SourceWriter _writer;
    private readonly List<CudaKernel> _kernels = new();
    private readonly Dictionary<string, string> _kernelNames = new(StringComparer.Ordinal);
    private readonly NameTable _asciiNames = new();

    private CudaTrainerEmitter(EmitPlan plan, BodyPlan body, SourceWriter writer)
    {
        _plan = plan;
        _body = body;
        _graph = body.Graph;
        _writer = writer;
    }

    public static void Emit(EmitPlan plan, BodyPlan body, SourceWriter writer) => new CudaTrainerEmitter(plan, body, writer).Emit();

    private void Emit()
    {
        // The launches first, because they decide which kernels there are.
        SourceWriter forward = new(), backward = new();
        EmitForward(forward);
        EmitBackward(backward);

        string[] variants = _plan.Variants.Where(variant => variant.Body == _body).Select(variant => variant.Variant.Name).ToArray();
        string of = variants.Length == 0 || variants[0].Length == 0 ? string.Empty : $" of {string.Join(", ", variants)}";
        _writer.Line($"/// <summary>The training body{of} for CUDA.</summary>");
        EmitTable();
        _writer.Line(Code.Attribute);
        using (_writer.Block($"file sealed class {_body.ClassName} : global::SdCompiler.Runtime.Cuda.CudaTrainerBody"))
        {
            EmitConstants();
            EmitSource();
            EmitFields();
            EmitConstructor();
            EmitPrepare();
            _writer.Line();
            _writer.Line("/// <summary>From the inputs to the losses; while training also the gradient of the loss by the outputs.</summary>");
            using (_writer.Block("protected override void Forward(CudaProgram p, int steps, bool training)"))
            {
                _writer.Line("int rows = steps * B;");
                _writer.Line(forward.ToString().TrimEnd('\n'));
            }

            _writer.Line();
            _writer.Line("/// <summary>From the gradient by the outputs to the gradient of every parameter.</summary>");
            using (_writer.Block("protected override void Backward(CudaProgram p, int steps)"))
            {
                _writer.Line("int rows = steps * B;");
                _writer.Line(backward.ToString().TrimEnd('\n'));
            }
        }
    }

    private int B => _graph.BatchSize;

    private string Name(int layer) => _graph.Layers[layer].Name;

    private LayerModel Loss => _graph.LossLayer.Declared;

    /// <summary>The layer's name in names of kernels.</summary>
    private string KernelName(int layer) => KernelName(Name(layer));

    /// <summary>A name in CUDA C, which promises nothing beyond ASCII: each name has one of its own. A kernel's role stands before it, and no role begins like another.</summary>
    private string KernelName(string name)
    {
        if (!_kernelNames.TryGetValue(name, out string? ascii))
        {
            ascii = _asciiNames.Take(string.Concat(name.Select(c => c < 128 ? c.ToString() : "u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture))));
            _kernelNames.Add(name, ascii);
        }

        return ascii;
    }

    private bool HasLateLoss => !Loss.Width.IsConstant;

    /// <summary>Floats of one row of a value: units side by side; gates and outputs of the loss in the padded columns of their weights.</summary>
    private string Width(Value value) => value.Layout switch
    {
        ValueLayout.Gates => Text.Of(CellKernels.Gates(value.Width.Constant)),
        ValueLayout.RowMajor when !value.Width.IsConstant => "Padded",
        ValueLayout.RowMajor => Text.Of(Padding.Up(value.Width.Constant, 32)),
        _ => Text.Of(value.Width.Constant),
    };

    /// <summary>The values that the launches touch.</summary>
    private IEnumerable<Value> Buffers => _graph.Nodes
        .SelectMany(node => node.Reads.Concat(node.Writes))
        .Distinct()
        .OrderBy(value => value)
        .Select(value => _graph.Values[value])
        .Where(value => !(value.Layout == ValueLayout.UnitMajor && IsSeries(value)));

    private bool IsSeries(Value value) => _graph.Layers[value.Layer].Declared.Kind == LayerKind.Series && value.Name.StartsWith("X_", StringComparison.Ordinal);

    private CellMask MaskOf(Node cell) => cell.Site < 0 ? CellMask.None : cell.Form is ProductForm.KeptRows or ProductForm.KeptOutputs ? CellMask.List : CellMask.Bits;

    private string Site(Node node) => _graph.Sites[node.Site].Constant;

    private string Parameter(Node node, int index) => _graph.Parameters[node.Parameters[index]].Field;

    private string Gradient(Node node, int index) => "D" + Parameter(node, index);

    private string Use(CudaKernel kernel)
    {
        CudaKernel? same = _kernels.FirstOrDefault(other => other.Name == kernel.Name);
        if (same is null)
        {
            _kernels.Add(kernel);
        }
        else if (same != kernel)
        {
            throw new InvalidOperationException($"Two kernels are called {kernel.Name}.");
        }

        return kernel.Name;
    }
}
