using System;

namespace SdCompiler.Runtime;

/// <summary>Draws one mask. Every mask is a function of (seed, step, layer, direction, site, time step) and, for the random patterns, the sample; of nothing else.</summary>
/// <remarks>
/// Unit k takes word k%4 of the block of <see cref="CounterRandom"/> with these counter words: k/4; the sample (0 for structured masks); the time step
/// (0 for the fixed patterns); the low half of the training step. The key is made of the seed, the layer, the direction, the site and the step's high half.
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
    /// <param name="sample">The row of the batch.</param>
    public static float Multiplier(long seed, MaskSite site, long step, int t, int unit, int sample)
    {
        ArgumentNullException.ThrowIfNull(site);
        ArgumentOutOfRangeException.ThrowIfNegative(unit);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(unit, site.Units);
        if (!site.Drops)
        {
            return 1f;
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

    /// <summary>The number of words, of 2^32, that keep a unit; a rate too small for that precision drops one word in 2^32.</summary>
    private static uint Threshold(double rate) => (uint)Math.Min((1 - rate) * (1UL << 32), uint.MaxValue);

    private static ulong Key(long seed, MaskSite site, long step)
        => CounterRandom.Key(seed, Masks | ((ulong)(uint)site.LayerIndex << 36) | ((ulong)site.Direction << 35) | ((ulong)site.Site << 32) | (uint)(step >> 32));
}
