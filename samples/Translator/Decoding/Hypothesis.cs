using System.Collections.Generic;

namespace SdCompiler.Samples.Translator.Decoding;

/// <summary>A translation in numbers.</summary>
/// <param name="Tokens">The numbers, without the end of the sentence.</param>
/// <param name="Attended">For each of them the source position with the highest attention weight; null where nobody asked for it.</param>
/// <param name="Score">What translations of one sentence are ordered by; the higher the better.</param>
internal sealed record Hypothesis(IReadOnlyList<int> Tokens, IReadOnlyList<int>? Attended, double Score);
