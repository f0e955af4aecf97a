using System;

namespace SdCompiler.Runtime;

/// <summary>One place where a variant of a model drops units: what it is called, how wide it is, how its masks are drawn.</summary>
public sealed class MaskSite
{
    /// <summary>A site with dropout.</summary>
    /// <param name="layer">The layer's name, for people.</param>
    /// <param name="layerIndex">The layer's number in the model; part of the key of every draw.</param>
    /// <param name="direction">0 forwards, 1 backwards in time; part of the key.</param>
    /// <param name="site">Input, recurrent, weight, output or latent; part of the key. At a weight site the random patterns drop single weights of [units, 4 * units].</param>
    /// <param name="units">How wide it is, n.</param>
    /// <param name="pattern">How masks vary over rows and time.</param>
    /// <param name="sampling">Fixed counts or Bernoulli draws. The random patterns always draw each unit on its own.</param>
    /// <param name="kept">How many units a structured mask with a fixed count keeps, 1 to n; not used otherwise.</param>
    /// <param name="rate">The drop probability p, from 0 up to, not including, 1; not used for fixed counts.</param>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public MaskSite(
        string layer, int layerIndex, int direction, DropoutSites site, int units, DropoutPattern pattern, MaskSampling sampling, int kept, double rate)
    {
        ArgumentException.ThrowIfNullOrEmpty(layer);
        ArgumentOutOfRangeException.ThrowIfNegative(layerIndex);
        if (direction is not (0 or 1))
        {
            throw new ArgumentOutOfRangeException(nameof(direction), direction, $"The direction of '{layer}' is 0 (forwards) or 1 (backwards).");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(units, 1);
        if (pattern is not (DropoutPattern.Structured or DropoutPattern.StructuredFixed or DropoutPattern.Random or DropoutPattern.RandomFixed))
        {
            throw new ArgumentOutOfRangeException(nameof(pattern), pattern, $"The pattern of '{layer}' is none of the four.");
        }

        if (!(rate >= 0 && rate < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(rate), rate, $"The drop rate of '{layer}' is {rate}; use a value from 0 up to, not including, 1.");
        }

        bool structured = pattern is DropoutPattern.Structured or DropoutPattern.StructuredFixed;
        if (structured && sampling == MaskSampling.FixedCount && (kept < 1 || kept > units))
        {
            throw new ArgumentOutOfRangeException(nameof(kept), kept, $"'{layer}' keeps {kept} of {units} units; use a count from 1 to {units}.");
        }

        Layer = layer;
        LayerIndex = layerIndex;
        Direction = direction;
        Site = site;
        Units = units;
        Pattern = pattern;
        Sampling = structured ? sampling : MaskSampling.Bernoulli;
        Rate = rate;
        Drops = structured && sampling == MaskSampling.FixedCount ? kept < units : rate > 0;
        Kept = Sampling == MaskSampling.FixedCount ? kept : units;
        Scale = Sampling == MaskSampling.FixedCount ? (float)units / kept : (float)(1 / (1 - rate));
    }

    private MaskSite(string layer, DropoutSites site, int units)
    {
        ArgumentException.ThrowIfNullOrEmpty(layer);
        ArgumentOutOfRangeException.ThrowIfLessThan(units, 1);
        Layer = layer;
        Site = site;
        Units = units;
        Kept = units;
        Scale = 1;
    }

    /// <summary>The layer's name.</summary>
    public string Layer { get; }

    /// <summary>The layer's number in the model.</summary>
    public int LayerIndex { get; }

    /// <summary>0 forwards, 1 backwards in time.</summary>
    public int Direction { get; }

    /// <summary>Input, recurrent, weight, output or latent.</summary>
    public DropoutSites Site { get; }

    /// <summary>How wide the site is, n.</summary>
    public int Units { get; }

    /// <summary>How masks vary over rows and time.</summary>
    public DropoutPattern Pattern { get; }

    /// <summary>Fixed counts or Bernoulli draws; always the latter for the random patterns.</summary>
    public MaskSampling Sampling { get; }

    /// <summary>The drop probability, where each unit is drawn on its own.</summary>
    public double Rate { get; }

    /// <summary>How many units a mask keeps at most: the fixed count, or all.</summary>
    public int Kept { get; }

    /// <summary>The multiplier of what is kept: n/kept or 1/(1-p).</summary>
    public float Scale { get; }

    /// <summary>False where every unit is kept.</summary>
    public bool Drops { get; }

    /// <summary>
    /// The most characters of a word, where the site's time is the character and its samples are the words of a window, numbered by their time step times the batch size plus their row; else 0.
    /// </summary>
    public int Characters { get; init; }

    /// <summary>
    /// Masks of a random pattern for each row of the batch: the experts of a mixture of softmaxes, 1 at every other site. Expert k of row b has the mask of sample b * RowsEach + k.
    /// </summary>
    public int RowsEach { get; init; } = 1;

    /// <summary>True for the patterns that share one list of units among the rows of a batch, so that products can be compacted.</summary>
    public bool IsStructured => Pattern is DropoutPattern.Structured or DropoutPattern.StructuredFixed;

    /// <summary>True for one draw for each window: the fixed patterns, and single weights, which all steps share.</summary>
    public bool IsFixed => Pattern is DropoutPattern.StructuredFixed or DropoutPattern.RandomFixed || DropsWeights;

    /// <summary>True where single weights are dropped and not units: ask <see cref="MaskSet.WeightMultiplier"/> for them.</summary>
    public bool DropsWeights => Site == DropoutSites.Weight && !IsStructured;

    /// <summary>A site of a variant that drops nothing there.</summary>
    /// <param name="layer">The layer's name.</param>
    /// <param name="site">Where it is.</param>
    /// <param name="units">How wide it is.</param>
    /// <param name="characters">What <see cref="Characters"/> is.</param>
    /// <param name="rowsEach">Its <see cref="RowsEach"/>.</param>
    /// <exception cref="ArgumentException">No name, or fewer than one unit.</exception>
    public static MaskSite None(string layer, DropoutSites site, int units, int characters = 0, int rowsEach = 1) => new(layer, site, units) { Characters = characters, RowsEach = rowsEach };

    /// <summary>Such as <c>Wide.0, recurrent: keeps 24 of 48, Structured</c>.</summary>
    public override string ToString()
    {
        string what = !Drops ? $"keeps all {Units}"
            : Sampling == MaskSampling.FixedCount ? $"keeps {Kept} of {Units}, {Pattern}"
            : DropsWeights ? FormattableString.Invariant($"drops each of {Units} x {4 * Units} with probability {Rate}, once per window")
            : FormattableString.Invariant($"drops each of {Units} with probability {Rate}, {Pattern}");
        return $"{Layer}, {Site.ToString().ToLowerInvariant()}: {what}";
    }
}
