using System.Collections.Generic;

namespace SdCompiler.Samples.Tagger.Scoring;

/// <summary>How well predicted tags agree with gold tags.</summary>
/// <param name="Tokens">The tokens.</param>
/// <param name="CorrectTokens">Tokens with equal tags.</param>
/// <param name="Overall">The entities of all types together, which makes the micro average.</param>
/// <param name="ByType">The entities of each type, in the ordinal order of the types.</param>
internal sealed record TaggingScores(long Tokens, long CorrectTokens, EntityCounts Overall, IReadOnlyList<KeyValuePair<string, EntityCounts>> ByType)
{
    /// <summary>Tokens with equal tags, in percent.</summary>
    public double Accuracy => Tokens == 0 ? 0 : 100.0 * CorrectTokens / Tokens;
}
