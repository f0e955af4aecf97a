using System;
using System.Collections.Generic;

namespace SdCompiler.Runtime.Cuda;

/// <summary>What an emitted CUDA body works with: its compiled kernels, its buffers, the blocks that enter and leave a step, and dense products (cuBLAS).</summary>
/// <remarks>For emitted code. Pointers are addresses on the device. What is launched while a graph is captured is recorded, and runs when the graph does.</remarks>
public sealed class CudaProgram : IDisposable
{
    /// <summary>Threads of every block.</summary>
    public const int BlockThreads = 256;

    private readonly CudaTrainerBody _body;
    private readonly CudaModule _module;
    private readonly CudaBlas _blas;
    private readonly List<DeviceBuffer> _buffers = [];
    private readonly List<DeviceBuffer> _scratch = [];
    private readonly DeviceParameter?[] _parameters;
    private readonly int[] _inputOfTable;
    private readonly int _moments;
    private readonly DeviceBuffer _input;
    private readonly DeviceBuffer _output;

    internal CudaProgram(CudaTrainerBody body, CudaDevice device, bool tensorFloat32, int moments)
    {
        _body = body;
        _moments = moments;
        Device = device;
        Stream = new CudaStream(device);
        Input = new StepInput(body);
        Output = new StepOutput(body);
        var defines = new List<string>();
        foreach (string define in body.KernelDefines)
        {
            defines.Add("-D" + define);
        }

        _module = CudaModule.Compile(device, body.ModelName + ".cu", body.KernelSource, defines);
        _blas = new CudaBlas(device, Stream) { Precision = tensorFloat32 ? CudaPrecision.TensorFloat32 : CudaPrecision.Float32 };
        _input = new DeviceBuffer(device, Input.Bytes);
        _output = new DeviceBuffer(device, Output.Bytes);
        _output.Clear(Stream); // a loss for each row alone leaves the other places as they are
        _parameters = new DeviceParameter?[body.Parameters.All.Count];
        _inputOfTable = new int[_parameters.Length];
        Array.Fill(_inputOfTable, -1);
        HiddenOf = new nint[body.StateLayers.Length];
        CellOf = new nint[body.StateLayers.Length];
        body.TakeFrom(this);
    }

    internal CudaDevice Device { get; }

    internal CudaStream Stream { get; }

    internal StepInput Input { get; }

    internal StepOutput Output { get; }

    /// <summary>[T+1][B][units] of each LSTM layer.</summary>
    internal nint[] HiddenOf { get; }

    internal nint[] CellOf { get; }

    internal long WorkspaceBytes { get; private set; }

    /// <summary>Multiply-adds of what was launched since this was set to 0, those of <see cref="Chains"/> not counted.</summary>
    internal long MultiplyAdds { get; set; }

    /// <summary>Products step by step whose length the masks decide, launched since the list was cleared.</summary>
    internal List<KeptChain> Chains { get; } = [];

    /// <summary>Launches since this was set to 0.</summary>
    internal int Launches { get; set; }

    internal nint InputBlock => _input.Pointer;

    internal nint OutputBlock => _output.Pointer;

    /// <summary>A kernel of the source.</summary>
    /// <param name="name">Its name.</param>
    public CudaFunction Kernel(string name) => _module.Function(name);

    /// <summary>A buffer of the program's own, all zeros at first.</summary>
    /// <param name="floats">How many floats.</param>
    public nint Floats(long floats)
    {
        nint pointer = Scratch(floats * sizeof(float));
        WorkspaceBytes += floats * sizeof(float);
        return pointer;
    }

    /// <summary>Says where an LSTM layer has its states, [T+1][B][units]; slot 0 is the state before the window.</summary>
    /// <param name="layer">The layer's number in the body's list.</param>
    /// <param name="hidden">h.</param>
    /// <param name="cell">c.</param>
    public void State(int layer, nint hidden, nint cell)
    {
        HiddenOf[layer] = hidden;
        CellOf[layer] = cell;
    }

    /// <summary>The values of a matrix or bias: rows of padded columns, gates interleaved by 8 units.</summary>
    /// <param name="name">The parameter's name in checkpoints.</param>
    public nint Values(string name) => Parameter(name, -1).Values;

    /// <summary>The gradient of a matrix or bias, in the layout of <see cref="Values"/>.</summary>
    /// <param name="name">The parameter's name in checkpoints.</param>
    public nint Gradient(string name) => Parameter(name, -1).Gradient;

    /// <summary>The values of an embedding's table, [tokens][width].</summary>
    /// <param name="name">The parameter's name in checkpoints.</param>
    /// <param name="input">The input whose tokens it is for.</param>
    public nint Table(string name, int input) => Parameter(name, input).Values;

    /// <summary>The gradient of an embedding's table: one row for each distinct token of the window.</summary>
    /// <param name="name">The parameter's name in checkpoints.</param>
    /// <param name="input">The input whose tokens it is for.</param>
    public nint TableGradient(string name, int input) => Parameter(name, input).Gradient;

    /// <summary>The tokens of an input, [T][B]; 0 where a row does not run.</summary>
    /// <param name="input">The input's number.</param>
    public nint Tokens(int input) => At(Input.Inputs[input]);

    /// <summary>The numbers of an input, [T][B][width]; 0 where a row does not run.</summary>
    /// <param name="input">The input's number.</param>
    public nint Series(int input) => At(Input.Inputs[input]);

    /// <summary>How many distinct tokens an input has in the window.</summary>
    /// <param name="input">The input's number.</param>
    public nint DistinctCount(int input) => At(Input.Tables[input].Count);

    /// <summary>Where the positions of each distinct token begin, and behind the last of them.</summary>
    /// <param name="input">The input's number.</param>
    public nint DistinctStarts(int input) => At(Input.Tables[input].Starts);

    /// <summary>The positions t*B + b of each distinct token, ascending.</summary>
    /// <param name="input">The input's number.</param>
    public nint DistinctPositions(int input) => At(Input.Tables[input].Positions);

    /// <summary>The most distinct tokens of an input in a window.</summary>
    /// <param name="input">The input's number.</param>
    public int MostDistinct(int input) => Input.Tables[input].Most;

    /// <summary>The targets, [T][B] or [T][B][width].</summary>
    public nint Targets => At(Input.Targets);

    /// <summary>[T+1] rows that run at each step, the first ones; 0 behind the last step.</summary>
    public nint RowsAt => At(Input.RowsAt);

    /// <summary>[B] steps of each row; 0 for rows that the window does not have.</summary>
    public nint Lengths => At(Input.Lengths);

    /// <summary>[T] kept units of each step at a site.</summary>
    /// <param name="site">The site's number.</param>
    public nint Counts(int site) => At(Input.Sites[site].Counts);

    /// <summary>[T][units]: the kept units of each step at a structured site.</summary>
    /// <param name="site">The site's number.</param>
    public nint Kept(int site) => At(Input.Sites[site].Kept);

    /// <summary>[T][rows][words]: one bit for each unit at a site.</summary>
    /// <param name="site">The site's number.</param>
    public nint Bits(int site) => At(Input.Sites[site].Bits);

    /// <summary>From one row of <see cref="Bits"/> to the next, in words: 0 where the batch shares the mask.</summary>
    /// <param name="site">The site's number.</param>
    public int BitStride(int site) => Input.Sites[site].BitRows == 1 ? 0 : Input.Sites[site].BitWords;

    /// <summary>From one step of <see cref="Bits"/> to the next, in words.</summary>
    /// <param name="site">The site's number.</param>
    public int BitStep(int site) => Input.Sites[site].BitRows * Input.Sites[site].BitWords;

    /// <summary>What kept units of a site are multiplied by; 1 in evaluation.</summary>
    /// <param name="site">The site's number.</param>
    public nint Scale(int site) => At(Input.Sites[site].Scale);

    /// <summary>[T][B] doubles: the loss of each row at each step.</summary>
    public nint Losses => OutputBlock + (nint)Output.Losses;

    /// <summary>[T][B] integers: 1 where the target was the most probable class.</summary>
    public nint Hits => OutputBlock + (nint)Output.Hits;

    /// <summary>Blocks for a number of threads.</summary>
    /// <param name="items">One thread each.</param>
    public static int Blocks(long items) => checked((int)((items + BlockThreads - 1) / BlockThreads));

    /// <summary>The address of a float behind another.</summary>
    /// <param name="pointer">The first.</param>
    /// <param name="floats">How many floats further.</param>
    public static nint Offset(nint pointer, long floats) => pointer + (nint)(floats * sizeof(float));

    /// <summary>Launches a kernel with blocks of 256 threads.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="gridX">Blocks in x.</param>
    /// <param name="gridY">Blocks in y.</param>
    /// <param name="arguments">Exactly the kernel's parameters.</param>
    public void Launch(CudaFunction kernel, int gridX, int gridY, params ReadOnlySpan<CudaArgument> arguments)
    {
        Launches++;
        CudaLaunch.Run(Stream, kernel, gridX, gridY, BlockThreads, arguments);
    }

    /// <summary>Sets floats to 0.</summary>
    /// <param name="pointer">The first.</param>
    /// <param name="floats">How many.</param>
    public void Clear(nint pointer, long floats) => CudaCopy.Clear(Stream, pointer, floats * sizeof(float));

    /// <summary>y[rows, columns] = x[rows, inner] . w[inner, columns].</summary>
    public void Multiply(int rows, int inner, int columns, nint x, nint w, nint y)
    {
        Count(rows, inner, columns);
        _blas.Multiply(rows, columns, inner, x, inner, w, columns, 0, y, columns);
    }

    /// <summary>dx[rows, inner] (+)= dy[rows, columns] . w[inner, columns]^T.</summary>
    public void MultiplyBack(int rows, int inner, int columns, nint dy, nint w, nint dx, bool accumulate)
    {
        Count(rows, inner, columns);
        _blas.MultiplyTransposedB(rows, inner, columns, dy, columns, w, columns, accumulate ? 1 : 0, dx, inner);
    }

    /// <summary>dw[inner, columns] = x[rows, inner]^T . dy[rows, columns].</summary>
    public void MultiplyGradient(int rows, int inner, int columns, nint x, nint dy, nint dw)
    {
        Count(rows, inner, columns);
        _blas.MultiplyTransposedA(inner, columns, rows, x, inner, dy, columns, 0, dw, columns);
    }

    /// <summary>Counts the products of a chain, one for each step, whose inner length is what a site keeps.</summary>
    /// <param name="site">The site's number, or -1 where every unit is read.</param>
    /// <param name="units">Units without dropout.</param>
    /// <param name="first">The first step that has a product.</param>
    /// <param name="end">One behind the last.</param>
    /// <param name="multiplyAddsOfUnit">Multiply-adds of one kept unit.</param>
    public void CountChain(int site, int units, int first, int end, long multiplyAddsOfUnit)
    {
        if (site >= 0)
        {
            Chains.Add(new KeptChain(site, first, end, multiplyAddsOfUnit));
        }
        else
        {
            MultiplyAdds += Math.Max(0, end - first) * units * multiplyAddsOfUnit;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (DeviceBuffer buffer in _buffers)
        {
            buffer.Dispose();
        }

        foreach (DeviceParameter? parameter in _parameters)
        {
            parameter?.Dispose();
        }

        _input.Dispose();
        _output.Dispose();
        _blas.Dispose();
        _module.Dispose();
        Stream.Dispose();
    }

    internal nint At(int word) => InputBlock + (nint)((long)word * sizeof(int));

    internal nint Zeros(long bytes) => New(bytes).Pointer;

    /// <summary>A buffer of which every step writes what it reads later.</summary>
    internal nint Scratch(long bytes)
    {
        DeviceBuffer buffer = New(bytes);
        _scratch.Add(buffer);
        return buffer.Pointer;
    }

    /// <summary>
    /// Sets all bits of what a step must write before it reads it: activations, gradients, partial norms, the blocks that enter and leave. As floats they are
    /// NaN, so that whatever a kernel forgets reaches the results. Values, moments and the marks of tables stay: those go from step to step.
    /// </summary>
    internal void Poison()
    {
        const byte Ones = 0xFF;
        foreach (DeviceBuffer buffer in _scratch)
        {
            buffer.Fill(Stream, Ones);
        }

        foreach (DeviceParameter? parameter in _parameters)
        {
            parameter?.FillGradient(Stream, Ones);
        }

        _input.Fill(Stream, Ones);
        _output.Fill(Stream, Ones);
    }

    /// <summary>A parameter by its number; the body has asked for every one.</summary>
    internal DeviceParameter Parameter(int index) =>
        _parameters[index] ?? throw new InvalidOperationException($"The body never asked for the parameter '{_body.Parameters.All[index].Name}'.");

    /// <summary>The input of a table's tokens.</summary>
    internal int InputOfTable(int index) => _inputOfTable[index];

    private DeviceBuffer New(long bytes)
    {
        var buffer = new DeviceBuffer(Device, bytes);
        _buffers.Add(buffer);
        buffer.Clear(Stream);
        return buffer;
    }

    private DeviceParameter Parameter(string name, int input)
    {
        for (int i = 0; i < _parameters.Length; i++)
        {
            Parameter parameter = _body.Parameters.All[i];
            if (parameter.Name == name)
            {
                _inputOfTable[i] = input;
                return _parameters[i] ??= new DeviceParameter(Device, Stream, parameter, input < 0 ? DeviceLayout.Rows(parameter) : MostDistinct(input), _moments);
            }
        }

        throw new ArgumentException($"The model has no parameter '{name}'.", nameof(name));
    }

    private void Count(int rows, int inner, int columns) => MultiplyAdds += (long)rows * inner * columns;
}
