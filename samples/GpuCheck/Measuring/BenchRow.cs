using SdCompiler.Samples.GpuCheck.Models;

namespace SdCompiler.Samples.GpuCheck.Measuring;

/// <summary>One measured case.</summary>
/// <param name="Model">The model.</param>
/// <param name="Regime">The regime.</param>
/// <param name="Precision">fp32 or tf32.</param>
/// <param name="Times">What was measured.</param>
/// <param name="DenseMilliseconds">A step of the dense regime of the same model and precision, on the device.</param>
internal sealed record BenchRow(CheckModel Model, Regime Regime, string Precision, StepTimes Times, double DenseMilliseconds)
{
    /// <summary>Tokens of a second of whole <c>Step</c> calls.</summary>
    public double TokensPerSecond => Model.BatchSize * Model.TimeSteps * 1000 / Times.HostMilliseconds;

    /// <summary>How many times as fast as the dense step, on the device.</summary>
    public double Speedup => DenseMilliseconds / Times.StepMilliseconds;

    /// <summary>Memory of the device, in 2^20 bytes.</summary>
    public double MemoryMebibytes => Times.MemoryBytes / (double)(1 << 20);
}
