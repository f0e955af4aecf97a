using System;
using System.Runtime.Intrinsics;

namespace SdCompiler.Runtime;

/// <summary>Draws one mask. Every mask is a function of (seed, step, layer, direction, site, time step) and, for the random patterns, the sample; of nothing else.</summary>
/// <remarks>
/// Unit k takes word k%4 of the block of <see cref="CounterRandom"/> with these counter words: k/4; the sample (0 for structured masks); the time step
/// (0 for the fixed patterns); the low half of the training step. A single weight has its column, padding counted, in the place of the sample. The key is made of the seed, the layer, the direction, the site and the step's high half.
/// </remarks>
public static class MaskSampler
{
    private const ulong Masks = 1UL << 56;
    private const ulong Words = 2UL << 56;

    /// <summary>Draws the list of kept units of a structured site.</summary>
    /// <param name="seed">The trainer's seed.</param>
    /// <param name="site">The site.</param>
    /// <param name="step">The training step.</param>
    /// <param name="t">The time step of the window; all are alike for a fixed pattern.</param>
    /// <param name="kept">Receives the units, ascending; room for <see cref="MaskSite.Units"/> numbers, or the fixed count.</param>
    /// <returns>How many units are kept.</returns>
    /// <exception cref="ArgumentException">The site's pattern is random, or there is too little room.</exception>
    public static int Units(long seed, MaskSite site, long step, int t, Span<int> kept)
    {
        ArgumentNullException.ThrowIfNull(site);
        if (!site.IsStructured)
        {
            throw new ArgumentException($"The masks of '{site.Layer}' differ from row to row; ask for multipliers.", nameof(site));
        }

        if (kept.Length < site.Kept)
        {
            throw new ArgumentException($"A mask of '{site.Layer}' has up to {site.Kept} units, but there is room for {kept.Length}.", nameof(kept));
        }

        if (!site.Drops)
        {
            for (int unit = 0; unit < site.Units; unit++)
            {
                kept[unit] = unit;
            }

            return site.Units;
        }

        const int Chunk = 256; // a multiple of 4, so that chunks begin with whole blocks
        Span<uint> words = stackalloc uint[Chunk];
        ulong key = Key(seed, site, step);
        uint threshold = Threshold(site.Rate);
        int count = 0;
        for (int start = 0; start < site.Units; start += Chunk)
        {
            Span<uint> part = words[..Math.Min(Chunk, site.Units - start)];
            CounterRandom.Fill(key, (uint)start / 4, 0, site.IsFixed ? 0 : (uint)t, (uint)step, part);
            for (int i = 0; i < part.Length; i++)
            {
                // Selection sampling (Knuth, The Art of Computer Programming 2, 3.4.2 S): each subset of the fixed size is equally likely.
                int left = site.Units - start - i;
                bool keep = site.Sampling == MaskSampling.FixedCount
                    ? (((ulong)part[i] * (ulong)left) >> 32) < (ulong)(site.Kept - count)
                    : part[i] < threshold;
                if (keep)
                {
                    kept[count++] = start + i;
                }
            }
        }

        return count;
    }

    /// <summary>The multiplier of one unit of one sample: 0 where it is dropped, <see cref="MaskSite.Scale"/> where it is kept. For any pattern.</summary>
    /// <param name="seed">The trainer's seed.</param>
    /// <param name="site">The site.</param>
    /// <param name="step">The training step.</param>
    /// <param name="t">The time step of the window.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="sample">The row of the batch; at a site of several rows each, row * <see cref="MaskSite.RowsEach"/> + the row's own.</param>
    public static float Multiplier(long seed, MaskSite site, long step, int t, int unit, int sample)
    {
        ArgumentNullException.ThrowIfNull(site);
        ArgumentOutOfRangeException.ThrowIfNegative(unit);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(unit, site.Units);
        if (!site.Drops)
        {
            return 1f;
        }

        if (site.DropsWeights)
        {
            throw new ArgumentException($"'{site.Layer}' drops single weights and no units; ask WeightMultiplier(seed, site, step, t, unit, output).", nameof(site));
        }

        if (site.IsStructured)
        {
            int[] kept = new int[site.Units];
            int count = Units(seed, site, step, t, kept);
            return kept.AsSpan(0, count).BinarySearch(unit) >= 0 ? site.Scale : 0f;
        }

        RandomBlock block = CounterRandom.Block(Key(seed, site, step), (uint)unit / 4, (uint)sample, site.IsFixed ? 0 : (uint)t, (uint)step);
        return block[unit % 4] < Threshold(site.Rate) ? site.Scale : 0f;
    }

    /// <summary>The multiplier of one recurrent weight in a whole window: 0 where it is dropped, <see cref="MaskSite.Scale"/> where it is kept. For any pattern; a structured one drops whole rows.</summary>
    /// <param name="seed">The trainer's seed.</param>
    /// <param name="site">The site.</param>
    /// <param name="step">The training step.</param>
    /// <param name="t">The time step of the window; single weights are alike at all of them.</param>
    /// <param name="unit">The unit of the previous state that the weight is multiplied with.</param>
    /// <param name="output">The row of PyTorch's <c>weight_hh</c>: gate times units plus unit, gates i, f, g, o.</param>
    /// <exception cref="ArgumentException">The site is not one of weights.</exception>
    public static float WeightMultiplier(long seed, MaskSite site, long step, int t, int unit, int output)
    {
        ArgumentNullException.ThrowIfNull(site);
        CheckWeight(site, unit, output);
        if (!site.Drops || site.IsStructured)
        {
            return Multiplier(seed, site, step, t, unit, 0);
        }

        int column = new PanelLayout(4 * site.Units, ColumnOrder.Gates).Place(output);
        RandomBlock block = CounterRandom.Block(Key(seed, site, step), (uint)unit / 4, (uint)column, 0, (uint)step);
        return block[unit % 4] < Threshold(site.Rate) ? site.Scale : 0f;
    }

    /// <summary>True where word dropout drops a token in a whole window: one draw for each token and training step (Gal and Ghahramani 2016).</summary>
    /// <param name="seed">The trainer's seed.</param>
    /// <param name="wordSite">The number of the embedding among the model's layers.</param>
    /// <param name="step">The training step.</param>
    /// <param name="token">The token.</param>
    /// <param name="rate">The drop probability.</param>
    public static bool DropsWord(long seed, int wordSite, long step, int token, double rate)
    {
        ulong key = CounterRandom.Key(seed, Words | ((ulong)(uint)wordSite << 32) | (uint)(step >> 32));
        return CounterRandom.Block(key, (uint)token, 0, 0, (uint)step).W0 >= Threshold(rate);
    }

    /// <summary>Fills the multipliers of a random site at one time step, [units][stride].</summary>
    internal static unsafe void Multipliers(long seed, MaskSite site, long step, int t, float* to, int stride, int samples)
    {
        ulong key = Key(seed, site, step);
        uint threshold = Threshold(site.Rate);
        uint time = site.IsFixed ? 0 : (uint)t;
        for (int unit = 0; unit < site.Units; unit += 4)
        {
            PhiloxBlocks.FillMultipliers(
                key, (uint)unit / 4, time, (uint)step, threshold, site.Scale, to + ((long)unit * stride), stride, Math.Min(4, site.Units - unit), samples);
        }
    }

    /// <summary>
    /// Fills the bits of the weights of some groups of four units: bit c of [panel][unit] says whether the weight in column c of the panel is kept. The column with its padding
    /// stands where a sample stands in the masks of units.
    /// </summary>
    /// <param name="seed">The trainer's seed.</param>
    /// <param name="site">The site.</param>
    /// <param name="step">The training step.</param>
    /// <param name="groups">The groups of four units that are filled.</param>
    /// <param name="bits">[panels][units].</param>
    /// <param name="scratch">4 * 32 * panels floats.</param>
    internal static unsafe void Weights(long seed, MaskSite site, long step, Share groups, uint* bits, float* scratch)
    {
        ulong key = Key(seed, site, step);
        uint threshold = Threshold(site.Rate);
        int panels = new PanelLayout(4 * site.Units, ColumnOrder.Gates).Panels, columns = panels * KernelSet.PanelColumns;
        for (int group = groups.Start; group < groups.End; group++)
        {
            int count = Math.Min(4, site.Units - (4 * group));
            PhiloxBlocks.FillMultipliers(key, (uint)group, 0, (uint)step, threshold, 1f, scratch, columns, count, columns);
            for (int panel = 0; panel < panels; panel++)
            {
                for (int i = 0; i < count; i++)
                {
                    bits[((long)panel * site.Units) + (4 * group) + i] = NotZero(scratch + ((long)i * columns) + (panel * KernelSet.PanelColumns));
                }
            }
        }
    }

    internal static void CheckWeight(MaskSite site, int unit, int output)
    {
        if (site.Site != DropoutSites.Weight)
        {
            throw new ArgumentException($"'{site.Layer}' has a mask of units at its {site.Site} site; ask Multiplier for it.", nameof(site));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(unit);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(unit, site.Units);
        ArgumentOutOfRangeException.ThrowIfNegative(output);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(output, 4 * site.Units);
    }

    /// <summary>One bit for each of 32 floats.</summary>
    private static unsafe uint NotZero(float* values)
    {
        uint bits = 0;
        for (int c = 0; c < KernelSet.PanelColumns; c += 4)
        {
            bits |= (~Vector128.Equals(Vector128.Load(values + c), Vector128<float>.Zero)).ExtractMostSignificantBits() << c;
        }

        return bits;
    }

    /// <summary>The number of words, of 2^32, that keep a unit; a rate too small for that precision drops one word in 2^32.</summary>
    private static uint Threshold(double rate) => (uint)Math.Min((1 - rate) * (1UL << 32), uint.MaxValue);

    private static ulong Key(long seed, MaskSite site, long step)
        => CounterRandom.Key(seed, Masks | ((ulong)(uint)site.LayerIndex << 36) | ((ulong)site.Direction << 35) | (SiteCode(site.Site) << 32) | (uint)(step >> 32));

    // Three bits; input, recurrent and output have their flags 1, 2 and 4.
    private static ulong SiteCode(DropoutSites site) => site switch
    {
        DropoutSites.Weight => 3UL,
        DropoutSites.Latent => 5UL,
        _ => (ulong)site,
    };
}
