using System.Diagnostics;
using System.Globalization;
using SdCompiler.Runtime;
using SdCompiler.Samples.Benchmarks.Measuring;
using SdCompiler.Samples.Benchmarks.Models;
using SdCompiler.Samples.Shared;

namespace SdCompiler.Samples.Benchmarks.Commands;

/// <summary>
/// Trains one variant for a few steps and prints the most memory that the process had. <c>step</c> runs it in processes of their own: a
/// process that has trained one variant cannot say what another one needs.
/// </summary>
internal sealed class MemoryCommand(CommandContext context)
{
    /// <summary>The command's name; users have no use for it, so help does not list it.</summary>
    public const string Name = "memory";

    private const int Steps = 3;

    public int Run(StepModel model, StepVariant variant, int threads, KernelSet kernels)
    {
        using StepMeter meter = model.Create()(variant, threads, kernels);
        for (int steps = 0; steps < Steps; steps += meter.Cycle)
        {
            meter.Measure();
        }

        using Process process = Process.GetCurrentProcess();
        context.Output.WriteLine(process.PeakWorkingSet64.ToString(CultureInfo.InvariantCulture));
        return ExitCodes.Success;
    }
}
