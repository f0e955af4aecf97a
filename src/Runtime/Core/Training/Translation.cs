using System.Collections.Generic;

namespace SdCompiler;

/// <summary>One translation of a sentence.</summary>
/// <param name="Tokens">Its tokens, without those of begin and end.</param>
/// <param name="LogProbability">The natural logarithm of its probability, the end token counted where it has one.</param>
/// <param name="Score">What translations are ordered by (<see cref="TranslationOptions.Score"/>).</param>
/// <param name="IsFinished">False where it was cut at the maximum length.</param>
public sealed record Translation(IReadOnlyList<int> Tokens, double LogProbability, double Score, bool IsFinished)
{
    /// <summary>The attention weights over the source, for each token and then, where it is finished, for the end token; null where nobody asked for them, or the model has no attention.</summary>
    public IReadOnlyList<float[]>? Alignments { get; init; }
}
