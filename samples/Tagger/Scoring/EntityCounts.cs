namespace SdCompiler.Samples.Tagger.Scoring;

/// <summary>How many entities there are, were predicted, and were predicted with the right bounds and type.</summary>
/// <param name="Gold">Entities in the gold tags.</param>
/// <param name="Predicted">Entities in the predicted tags.</param>
/// <param name="Correct">Entities in both.</param>
internal readonly record struct EntityCounts(long Gold, long Predicted, long Correct)
{
    /// <summary>Correct among predicted, in percent; 0 when none was predicted.</summary>
    public double Precision => Predicted == 0 ? 0 : 100.0 * Correct / Predicted;

    /// <summary>Correct among gold, in percent; 0 when there is none.</summary>
    public double Recall => Gold == 0 ? 0 : 100.0 * Correct / Gold;

    /// <summary>Harmonic mean of precision and recall, in percent; 0 when both are.</summary>
    public double F1 => Correct == 0 ? 0 : 2 * Precision * Recall / (Precision + Recall);

    public static EntityCounts operator +(EntityCounts a, EntityCounts b) => new(a.Gold + b.Gold, a.Predicted + b.Predicted, a.Correct + b.Correct);
}
