using System;
using System.Collections.Generic;

namespace SdCompiler.Runtime.Cuda;

/// <summary>
/// The base of every training body emitted for CUDA: the model's CUDA C, and the order in which its kernels and products are launched. The launches of a
/// step are recorded once into a graph, which then runs as a whole; what changes from step to step enters through memory.
/// </summary>
public abstract class CudaTrainerBody : TrainerBody
{
    /// <summary>A body.</summary>
    /// <param name="parameters">The model's parameters.</param>
    /// <param name="window">Inputs, targets and losses of one window of [T, B].</param>
    /// <param name="masks">The masks of the variant.</param>
    /// <param name="layers">The LSTM layers whose state goes from window to window, in the order of <see cref="CudaProgram.State"/>.</param>
    protected CudaTrainerBody(ModelParameters parameters, Window window, MaskSet masks, StateLayer[] layers)
        : base(parameters, window, masks, layers)
    {
    }

    internal override Backends Backend => Backends.Cuda;

    /// <summary>The model's name, for messages about its source.</summary>
    protected abstract string Name { get; }

    /// <summary>CUDA C without headers: the kernels of the model, every size a literal or one of <see cref="Defines"/>.</summary>
    protected abstract string Source { get; }

    /// <summary>Sizes that are known at run time only, as NAME=VALUE.</summary>
    protected abstract IReadOnlyList<string> Defines { get; }

    /// <summary>Takes buffers and kernels from a program.</summary>
    /// <param name="p">The program.</param>
    protected abstract void Prepare(CudaProgram p);

    /// <summary>Launches everything from the inputs to the losses; while training also the gradient of the loss by the outputs.</summary>
    /// <param name="p">The program.</param>
    /// <param name="steps">Time steps of the window.</param>
    /// <param name="training">Whether gradients are wanted.</param>
    protected abstract void Forward(CudaProgram p, int steps, bool training);

    /// <summary>Launches everything from the gradient of the outputs to the gradient of every parameter.</summary>
    /// <param name="p">The program.</param>
    /// <param name="steps">Time steps of the window.</param>
    protected abstract void Backward(CudaProgram p, int steps);

    // What is protected is emitted code's to override, in whatever assembly; these are how the engine reaches it.
    internal string ModelName => Name;

    internal string KernelSource => Source;

    internal IReadOnlyList<string> KernelDefines => Defines;

    internal override StepEngine CreateEngine(Optimizer optimizer, TrainerOptions options, WindowWriter writer, LstmState? carried)
    {
        if (options.Device < 0)
        {
            throw new ArgumentException($"TrainerOptions.Device is {options.Device}; GPUs are numbered from 0.", nameof(options));
        }

        string? option = options.MeasurePhases ? nameof(options.MeasurePhases) : options.Kernels is not null ? nameof(options.Kernels) : null;
        return option is null
            ? new CudaStepEngine(this, optimizer, options, writer, carried)
            : throw new ArgumentException($"TrainerOptions.{option} is for the CPU; leave it out for Backends.Cuda, where a step is one graph: a profiler such as Nsight Systems shows its parts.", nameof(options));
    }

    internal void TakeFrom(CudaProgram p) => Prepare(p);

    internal void LaunchForward(CudaProgram p, int steps, bool training) => Forward(p, steps, training);

    internal void LaunchBackward(CudaProgram p, int steps) => Backward(p, steps);
}
