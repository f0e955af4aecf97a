using System;
using System.Collections.Generic;
using SdCompiler.Runtime.Cuda;

namespace SdCompiler.GpuCheck.Tests;

/// <summary>An emitted body with a mistake in its kernels.</summary>
internal sealed class BrokenBody : CudaTrainerBody
{
    private readonly CudaTrainerBody _whole;
    private readonly string _source;

    /// <summary>Breaks a body, which must not be used by itself any more.</summary>
    /// <param name="whole">The body.</param>
    /// <param name="right">What its source says, somewhere.</param>
    /// <param name="wrong">What it is to say instead.</param>
    public BrokenBody(CudaTrainerBody whole, string right, string wrong)
        : base(whole.Parameters, whole.Window, whole.Masks, whole.StateLayers)
    {
        _whole = whole;
        _source = whole.KernelSource.Replace(right, wrong, StringComparison.Ordinal);
        if (_source == whole.KernelSource)
        {
            throw new ArgumentException($"No kernel says '{right}'.", nameof(right));
        }
    }

    protected override string Name => _whole.ModelName;

    protected override string Source => _source;

    protected override IReadOnlyList<string> Defines => _whole.KernelDefines;

    protected override void Prepare(CudaProgram p) => _whole.TakeFrom(p);

    protected override void Forward(CudaProgram p, int steps, bool training) => _whole.LaunchForward(p, steps, training);

    protected override void Backward(CudaProgram p, int steps) => _whole.LaunchBackward(p, steps);
}
