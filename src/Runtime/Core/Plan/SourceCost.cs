namespace SdCompiler;

/// <summary>What an encoder-decoder's source side costs in one phase, beside what <see cref="PhasePlan"/> says of the target's rows and steps.</summary>
/// <param name="MaximumSteps">The most steps of a source.</param>
/// <param name="Dense">Multiply-adds for each step of a source without dropout.</param>
/// <param name="Kept">Multiply-adds for each step of a source that are executed.</param>
/// <param name="PerPair">Multiply-adds of attention for each step of a source and each step of its target; dropout changes nothing about them.</param>
public readonly record struct SourceCost(int MaximumSteps, long Dense, long Kept, long PerPair);
