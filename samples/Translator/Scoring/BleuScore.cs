using System.Collections.Generic;
using System.Linq;
using SdCompiler.Samples.Shared;

namespace SdCompiler.Samples.Translator.Scoring;

/// <summary>A BLEU score and what it consists of.</summary>
/// <param name="Value">The score, from 0 to 100.</param>
/// <param name="Precisions">In percent, for n from 1 to 4.</param>
/// <param name="BrevityPenalty">At most 1.</param>
/// <param name="HypothesisLength">Tokens of the translations.</param>
/// <param name="ReferenceLength">Tokens of the references closest in length.</param>
internal sealed record BleuScore(double Value, IReadOnlyList<double> Precisions, double BrevityPenalty, long HypothesisLength, long ReferenceLength)
{
    /// <summary>Tokens of the translations per token of the references.</summary>
    public double Ratio => ReferenceLength == 0 ? 0 : (double)HypothesisLength / ReferenceLength;

    /// <summary>The score as sacreBLEU writes it.</summary>
    public override string ToString() =>
        $"{FixedPoint.Format(Value, 2)} {string.Join('/', Precisions.Select(value => FixedPoint.Format(value, 1)))} "
        + $"(BP = {FixedPoint.Format(BrevityPenalty, 3)} ratio = {FixedPoint.Format(Ratio, 3)} hyp_len = {HypothesisLength} ref_len = {ReferenceLength})";
}
