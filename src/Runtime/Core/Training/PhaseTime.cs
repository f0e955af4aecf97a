using System;

namespace SdCompiler;

/// <summary>What one phase has cost since its trainer began to measure.</summary>
/// <param name="Phase">The phase.</param>
/// <param name="Time">Wall time of the calling thread's lane, waiting for the others at the phase's barriers included.</param>
/// <param name="MultiplyAdds">Multiply-adds of products executed by all lanes, padding not counted.</param>
public readonly record struct PhaseTime(StepPhase Phase, TimeSpan Time, long MultiplyAdds);
