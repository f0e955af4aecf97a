using SdCompiler.Samples.Benchmarks.Measuring;

namespace SdCompiler.Samples.Benchmarks.Reports;

/// <summary>A training step at one size of a sweep; medians.</summary>
/// <param name="Sweep">What varies.</param>
/// <param name="Size">Its value.</param>
/// <param name="Model">The model.</param>
/// <param name="Pattern">The value of <c>--pattern</c>.</param>
/// <param name="Sites">The value of <c>--sites</c>, or "none".</param>
/// <param name="Threads">Threads of a step.</param>
/// <param name="TimeSteps">Time steps of its window.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="StepMs">Time of the step.</param>
/// <param name="MsPerUnit">Time per time step, per row, times threads, or per 10^9 executed multiply-adds: the same at every size where a step scales perfectly.</param>
/// <param name="GflopsKept">Executed products over the time of the step.</param>
internal sealed record ScalingResult(
    Sweep Sweep, int Size, string Model, string Pattern, string Sites, int Threads, int TimeSteps, int Rows, double StepMs, double MsPerUnit, double GflopsKept);
