using System.Collections.Generic;

namespace SdCompiler.Samples.Benchmarks.Measuring;

/// <summary>The means of a few steps that ran without a pause.</summary>
/// <param name="StepMilliseconds">Time of a step.</param>
/// <param name="PhaseMilliseconds">Time of each phase of a step, by the phase's number; what belongs to no other phase is the rest's.</param>
/// <param name="PhaseMultiplyAdds">Multiply-adds that each phase of a step executed.</param>
internal sealed record StepMeasurement(double StepMilliseconds, IReadOnlyList<double> PhaseMilliseconds, IReadOnlyList<double> PhaseMultiplyAdds);
