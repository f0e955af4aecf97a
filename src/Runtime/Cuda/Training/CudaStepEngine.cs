using System;
using System.Collections.Generic;

namespace SdCompiler.Runtime.Cuda;

/// <summary>
/// Runs the steps of a CUDA body. A step is one graph: the block of inputs comes in from pinned memory, forward, backward, norm and update run, losses and
/// state go out. There are two blocks of inputs, so that the masks of the next step are drawn and packed while this one runs.
/// </summary>
internal sealed class CudaStepEngine : StepEngine
{
    private readonly CudaTrainerBody _body;
    private readonly CudaProgram _program;
    private readonly CudaOptimizerState _optimizer;
    private readonly WindowWriter _writer;
    private readonly LstmState? _carried;
    private readonly DeviceWeights _weights;
    private readonly MasksAhead _masks;
    private readonly PinnedBuffer[] _inputs;
    private readonly PinnedBuffer _evaluationInput;
    private readonly PinnedBuffer _output;
    private readonly GraphCache<(int Steps, int Block, long Choices)> _training = new();
    private readonly GraphCache<int> _evaluation = new();
    private readonly CudaFunction _takeState;
    private readonly StepGraph?[] _recent = new StepGraph?[2]; // the last graph of each block of inputs
    private long _multiplyAdds;
    private int _block;
    private bool _isDisposed;

    public CudaStepEngine(CudaTrainerBody body, Optimizer optimizer, TrainerOptions options, WindowWriter writer, LstmState? carried)
    {
        _body = body;
        _writer = writer;
        _carried = carried;
        CudaDevice device = CudaDevice.Open(options.Device);
        device.MakeCurrent();
        _program = new CudaProgram(body, device, options.TensorFloat32, optimizer.Moments.Count);
        _optimizer = new CudaOptimizerState(optimizer, body.Parameters, _program);
        _weights = new DeviceWeights(_program, body.Parameters);
        _masks = new MasksAhead(body.Masks, _program.Input);
        _takeState = _program.Kernel("take_state");
        _inputs = [new PinnedBuffer(device, _program.Input.Bytes), new PinnedBuffer(device, _program.Input.Bytes)];
        _evaluationInput = new PinnedBuffer(device, _program.Input.Bytes);
        foreach (PinnedBuffer input in (PinnedBuffer[])[.. _inputs, _evaluationInput])
        {
            _program.Input.WriteNoMasks(input, body.Masks);
        }

        _output = new PinnedBuffer(device, _program.Output.Bytes);
        Name = $"CUDA, {device.Name}, {(options.TensorFloat32 ? "tf32" : "fp32")}";
    }

    public override OptimizerState OptimizerState => _optimizer;

    public override string Name { get; }

    public override long MultiplyAdds => _multiplyAdds;

    public override long WorkspaceBytes => _program.WorkspaceBytes;

    /// <summary>Launches of the training step that was recorded last, copies and products of cuBLAS not counted.</summary>
    internal int RecordedLaunches { get; private set; }

    internal CudaProgram Program => _program;

    /// <summary>Whether everything that a step must write before it reads it is poisoned before each step; for checks.</summary>
    internal bool Poisons { get; set; }

    public override void Train()
    {
        Window window = _body.Window;
        HasGradient = false;
        _program.Device.MakeCurrent();
        _weights.Refresh();
        PinnedBuffer input = _inputs[_block];
        _masks.Draw(input, window);
        _program.Input.WriteWindow(input);
        _program.Input.WriteState(input, _carried, _writer.Order, _body.StateLayers);
        _optimizer.WriteRules(input);
        StepGraph graph = TrainingGraph(window.Steps);
        _recent[_block] = graph;
        _weights.BeginStep();
        Launch(graph);
        _block = 1 - _block;
        _masks.DrawNext(_inputs[_block], window);
        _program.Stream.Synchronize();
        Count(graph);

        _program.Output.ReadLosses(_output);
        Span<double> outcome = _output.Span<double>(_program.Output.Outcome, 3);
        Loss = window.TotalLoss() / window.Rows;
        HasGradient = double.IsFinite(Loss);
        GradientNorm = HasGradient ? outcome[0] : double.NaN;
        Applied = outcome[2] != 0;
        _weights.EndStep(Applied);
        if (!Applied)
        {
            return;
        }

        _optimizer.CountUpdate();
        if (_carried is not null)
        {
            _program.Output.ReadState(_output, _carried, _writer.Order, _body.StateLayers);
        }
    }

    public override void Evaluate(LstmState? state)
    {
        Window window = _body.Window;
        _program.Device.MakeCurrent();
        _weights.Refresh();
        _program.Input.WriteWindow(_evaluationInput);
        _program.Input.WriteState(_evaluationInput, state, _writer.Order, _body.StateLayers);
        StepGraph graph = EvaluationGraph(window.Steps);
        Launch(graph);
        _program.Stream.Synchronize();
        _multiplyAdds += graph.MultiplyAdds;
        foreach (KeptChain chain in graph.Chains)
        {
            _multiplyAdds += (chain.End - chain.First) * (long)_body.Masks.Sites[chain.Site].Units * chain.MultiplyAddsOfUnit;
        }

        _program.Output.ReadLosses(_output);
        if (state is not null)
        {
            _program.Output.ReadState(_output, state, _writer.Order, _body.StateLayers);
        }
    }

    /// <summary>
    /// Runs the last steps again, the two blocks of inputs in turns, and takes the time of each run on the device. The weights move on as they do at a step.
    /// </summary>
    /// <param name="count">How often.</param>
    /// <returns>Milliseconds of each run.</returns>
    /// <exception cref="InvalidOperationException">There were not two steps yet.</exception>
    internal double[] TimeReplays(int count)
    {
        if (_recent[0] is null || _recent[1] is null)
        {
            throw new InvalidOperationException("There is nothing to run again before the second step; take two steps.");
        }

        _weights.Refresh();
        _weights.BeginStep();
        var starts = new CudaEvent[count];
        var ends = new CudaEvent[count];
        try
        {
            for (int i = 0; i < count; i++)
            {
                starts[i] = new CudaEvent(_program.Device);
                ends[i] = new CudaEvent(_program.Device);
            }

            for (int i = 0; i < count; i++)
            {
                starts[i].Record(_program.Stream);
                _recent[i % 2]!.Graph.Launch(_program.Stream);
                ends[i].Record(_program.Stream);
            }

            var times = new double[count];
            for (int i = 0; i < count; i++)
            {
                times[i] = ends[i].MillisecondsSince(starts[i]);
            }

            _weights.EndStep(changed: true);
            return times;
        }
        finally
        {
            foreach (CudaEvent? mark in (CudaEvent?[])[.. starts, .. ends])
            {
                mark?.Dispose();
            }
        }
    }

    public override float[]? Gradient(string parameter)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, typeof(LstmTrainer));
        _program.Device.MakeCurrent();
        for (int i = 0; i < _body.Parameters.All.Count; i++)
        {
            if (_body.Parameters.All[i].Name == parameter)
            {
                DeviceParameter device = _program.Parameter(i);
                // The block of the last step is the one that is not next.
                ReadOnlySpan<int> tokens = device.IsTable ? _program.Input.DistinctTokens(_inputs[1 - _block], _program.InputOfTable(i)) : default;
                return device.ReadGradient(tokens);
            }
        }

        return null;
    }

    public override void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        _optimizer.IsDisposed = true;
        try
        {
            _weights.Leave();
        }
        finally
        {
            _training.Dispose();
            _evaluation.Dispose();
            _inputs[0].Dispose();
            _inputs[1].Dispose();
            _evaluationInput.Dispose();
            _output.Dispose();
            _program.Dispose();
        }
    }

    /// <summary>Makes the device's copy of the parameters the newest, for whoever reads it between steps.</summary>
    internal void Refresh()
    {
        _program.Device.MakeCurrent();
        _weights.Refresh();
    }

    private void Count(StepGraph graph)
    {
        _multiplyAdds += graph.MultiplyAdds;
        foreach (KeptChain chain in graph.Chains)
        {
            MaskSite site = _body.Masks.Sites[chain.Site];
            for (int t = chain.First; t < chain.End; t++)
            {
                _multiplyAdds += (site.IsStructured ? _body.Masks.Kept(chain.Site, t).Length : site.Units) * chain.MultiplyAddsOfUnit;
            }
        }
    }

    private StepGraph TrainingGraph(int steps)
    {
        (int, int, long) key = (steps, _block, _optimizer.RecordedChoices());
        StepGraph? graph = _training.Find(key);
        if (graph is null)
        {
            graph = CaptureTraining(steps, _inputs[_block]);
            _training.Add(key, graph);
        }

        return graph;
    }

    private StepGraph EvaluationGraph(int steps)
    {
        StepGraph? graph = _evaluation.Find(steps);
        if (graph is null)
        {
            graph = CaptureEvaluation(steps);
            _evaluation.Add(steps, graph);
        }

        return graph;
    }

    private StepGraph CaptureTraining(int steps, PinnedBuffer input)
    {
        // Once as it is: libraries load what they need at the first call, which they may not do while a graph is captured. The optimizer has kernels of ours alone, which were
        // loaded when they were looked up, and must not run twice.
        RecordPasses(input, steps);
        _program.Stream.Synchronize();
        StepGraph graph = Capture(() =>
        {
            RecordPasses(input, steps);
            _optimizer.Record((_body.Window.Target.PerStep ? steps : 1) * _body.Window.BatchSize);
            RecordEnd();
        });
        RecordedLaunches = _program.Launches;
        return graph;
    }

    private StepGraph CaptureEvaluation(int steps)
    {
        RecordForward(_evaluationInput, steps, training: false);
        _program.Stream.Synchronize();
        return Capture(() =>
        {
            RecordForward(_evaluationInput, steps, training: false);
            RecordEnd();
        });
    }

    private void Launch(StepGraph graph)
    {
        if (Poisons)
        {
            _program.Poison();
            _output.Span<byte>(0, checked((int)_program.Output.Bytes)).Fill(0xFF);
        }

        graph.Graph.Launch(_program.Stream);
    }

    private StepGraph Capture(Action record)
    {
        _program.MultiplyAdds = 0;
        _program.Launches = 0;
        _program.Chains.Clear();
        CudaGraph graph = CudaGraph.Capture(_program.Stream, record);
        return new StepGraph(graph, _program.MultiplyAdds, _program.Chains.ToArray());
    }

    private void RecordPasses(PinnedBuffer input, int steps)
    {
        RecordForward(input, steps, training: true);
        _body.LaunchBackward(_program, steps);
    }

    private unsafe void RecordForward(PinnedBuffer input, int steps, bool training)
    {
        CudaCopy.ToDevice(_program.Stream, _program.InputBlock, (nint)input.Pointer, _program.Input.Bytes);
        for (int i = 0; i < _body.StateLayers.Length; i++)
        {
            long bytes = (long)_body.Window.BatchSize * _body.StateLayers[i].Units * sizeof(float);
            CudaCopy.Within(_program.Stream, _program.HiddenOf[i], _program.At(_program.Input.Hidden[i]), bytes);
            CudaCopy.Within(_program.Stream, _program.CellOf[i], _program.At(_program.Input.Cell[i]), bytes);
        }

        _body.LaunchForward(_program, steps, training);
    }

    private unsafe void RecordEnd()
    {
        for (int i = 0; i < _body.StateLayers.Length; i++)
        {
            int B = _body.Window.BatchSize;
            int units = _body.StateLayers[i].Units;
            _program.Launch(
                _takeState, CudaProgram.Blocks((long)B * units), 1, _program.HiddenOf[i], _program.CellOf[i], _program.At(_program.Input.Lengths),
                _program.OutputBlock + (nint)_program.Output.Hidden[i], _program.OutputBlock + (nint)_program.Output.Cell[i], B, units);
        }

        CudaCopy.ToHost(_program.Stream, _program.OutputBlock, _output.Pointer, _program.Output.Bytes);
    }
}
