using System;
using System.Collections.Generic;
using SdCompiler.Runtime;
using SdCompiler.Runtime.Cuda;
using TorchSharp;

namespace SdCompiler.Torch;

/// <summary>
/// A compiled model seen as a <c>torch.nn.Module</c>: parameters as tensors, with PyTorch's names, layout and gate order (i, f, g, o). It is not one:
/// the compiled trainer computes the step, so there is no autograd graph, and the weights are updated by the trainer's own optimizer.
/// </summary>
/// <remarks>For one thread at a time, like the trainer.</remarks>
public sealed class TorchModule
{
    private readonly LstmTrainer? _trainer;
    private bool _deviceShared;

    /// <summary>Wraps a trainer.</summary>
    /// <param name="trainer">The trainer, on any backend; it stays the caller's to dispose.</param>
    public TorchModule(LstmTrainer trainer)
        : this((trainer ?? throw new ArgumentNullException(nameof(trainer))).Parameters) => _trainer = trainer;

    /// <summary>Wraps a model's weights, where nothing is trained.</summary>
    /// <param name="parameters">The weights.</param>
    public TorchModule(ModelParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Parameters = parameters;
    }

    /// <summary>The weights.</summary>
    public ModelParameters Parameters { get; }

    /// <summary>The trainer.</summary>
    /// <exception cref="InvalidOperationException">The module wraps weights alone.</exception>
    public LstmTrainer Trainer => _trainer ?? throw new InvalidOperationException("This module wraps a model's weights and no trainer; make it from a trainer.");

    /// <summary>
    /// The parameters where a CUDA trainer has them: views of its memory, without a copy, up to date when the property is read and after every step.
    /// Each is in the trainer's own layout (<see cref="DeviceTensor"/>). They are to be read; new values go in through <see cref="load_state_dict"/>.
    /// </summary>
    /// <returns>New views at each call; dispose them before the trainer.</returns>
    /// <exception cref="InvalidOperationException">The trainer runs on the CPU, or there is none.</exception>
    /// <exception cref="DllNotFoundException">libtorch for CUDA was not found.</exception>
    /// <exception cref="EntryPointNotFoundException">libtorch is too old.</exception>
    public IReadOnlyList<DeviceTensor> DeviceTensors
    {
        get
        {
            CudaStepEngine engine = CudaEngine();
            engine.Refresh();
            torch.InitializeDeviceType(DeviceType.CUDA);
            var tensors = new List<DeviceTensor>();
            for (int i = 0; i < Parameters.All.Count; i++)
            {
                tensors.Add(new DeviceTensor(engine.Program.Parameter(i), engine.Program.Device.Ordinal));
            }

            _deviceShared = true;
            return tensors;
        }
    }

    /// <summary>The parameters in the model's order: names as in <see cref="state_dict"/>, except that an LSTM has one bias and a shared weight one name.</summary>
    /// <returns>Copies, float32 on the CPU, in PyTorch's layout; changing them changes no model.</returns>
    public IEnumerable<(string name, torch.Tensor parameter)> named_parameters()
    {
        foreach (Parameter parameter in Parameters.All)
        {
            var values = new float[parameter.Count];
            parameter.WriteTo(values);
            yield return (parameter.Name, TensorValues.Create(values, ParameterTensors.Shape(parameter)));
        }
    }

    /// <summary>The tensors of <see cref="named_parameters"/> without their names.</summary>
    public IEnumerable<torch.Tensor> parameters()
    {
        foreach ((string _, torch.Tensor parameter) in named_parameters())
        {
            yield return parameter;
        }
    }

    /// <summary>The gradients of the last step, before clipping.</summary>
    /// <returns>Copies, float32 on the CPU, in PyTorch's layout, in the order of <see cref="named_parameters"/>.</returns>
    /// <exception cref="InvalidOperationException">There is no trainer, or it has no gradient.</exception>
    public IEnumerable<(string name, torch.Tensor gradient)> named_gradients()
    {
        LstmTrainer trainer = Trainer;
        foreach (Parameter parameter in Parameters.All)
        {
            yield return (parameter.Name, TensorValues.Create(trainer.Gradient(parameter.Name), ParameterTensors.Shape(parameter)));
        }
    }

    /// <summary>
    /// All weights under PyTorch's names: <c>Memory.weight_ih_l0</c> [4H, I], <c>Memory.weight_hh_l0</c> [4H, H], <c>Memory.bias_ih_l0</c> [4H], gates i, f, g, o.
    /// As in weight files, the model's one bias is <c>bias_ih</c> and <c>bias_hh</c> is zeros, and a shared weight stands under both its names.
    /// </summary>
    /// <returns>Copies, float32 on the CPU; the caller's to dispose.</returns>
    public Dictionary<string, torch.Tensor> state_dict()
    {
        var tensors = new Dictionary<string, torch.Tensor>(StringComparer.Ordinal);
        foreach (TensorSource source in ModelFile.Tensors(Parameters))
        {
            var values = new float[source.Count];
            source.Fill(values);
            tensors.Add(source.Name, TensorValues.Create(values, source.Shape));
        }

        return tensors;
    }

    /// <summary>Sets all weights. Every name must be there and no other; the second biases may be missing, and are added to the first where they are not.</summary>
    /// <param name="source">PyTorch's names and layout; tensors of any floating type, on any device.</param>
    /// <exception cref="ArgumentException">A name is missing or left over, a shape is another, or a shared weight has two values; the message lists all of it, and nothing has changed.</exception>
    public void load_state_dict(IReadOnlyDictionary<string, torch.Tensor> source)
    {
        ArgumentNullException.ThrowIfNull(source);
        foreach ((Parameter parameter, float[] values) in new StateDictReader(Parameters, source).Read())
        {
            parameter.ReadFrom(values);
        }
    }

    /// <summary>Trains on one window of tokens.</summary>
    /// <param name="inputs">[steps, rows] of Int32 or Int64 on the CPU, time-major.</param>
    /// <param name="targets">The token after each input, of the same shape; the model's ignore index where there is none.</param>
    /// <returns>The loss in nats: sum over time, mean over rows.</returns>
    /// <remarks>Once <see cref="DeviceTensors"/> was read, the step waits on the device for what torch's current stream has been given so far, since that may read the weights; torch need not wait for the step, which is done when this returns.</remarks>
    /// <exception cref="ArgumentException">A tensor has another shape, type or device, the window is larger than the trainer's, or a token is outside the vocabulary; nothing has changed.</exception>
    /// <exception cref="InvalidOperationException">The module has no trainer, or one that does not take tokens.</exception>
    public double Step(torch.Tensor inputs, torch.Tensor targets)
    {
        TokenTrainer trainer = Tokens();
        if (_deviceShared)
        {
            TorchStream.WaitForTorch(CudaEngine().Program.Stream);
        }

        return trainer.Step(inputs, targets);
    }

    /// <summary>The loss of tokens in any number of rows and steps, without dropout and without training.</summary>
    /// <param name="inputs">[steps, rows] of Int32 or Int64 on the CPU, time-major.</param>
    /// <param name="targets">The token after each input, of the same shape; the model's ignore index where there is none.</param>
    /// <param name="state">Where the rows start, and end afterwards; null for zeros.</param>
    /// <exception cref="ArgumentException">A tensor has another shape, type or device, or a token is outside the vocabulary; the state has not changed.</exception>
    /// <exception cref="InvalidOperationException">The module has no trainer, or one that does not take tokens.</exception>
    public Evaluation Evaluate(torch.Tensor inputs, torch.Tensor targets, LstmState? state = null) => Tokens().Evaluate(inputs, targets, state);

    private TokenTrainer Tokens() => Trainer as TokenTrainer
        ?? throw new InvalidOperationException($"The model {Parameters.Identity.Name} has a batch of its own; step its trainer with that.");

    private CudaStepEngine CudaEngine() => Trainer.Core.Engine as CudaStepEngine
        ?? throw new InvalidOperationException($"The trainer of {Parameters.Identity.Name} runs on the CPU ({Trainer.KernelName}), so no weights lie on a device; use named_parameters().");
}
