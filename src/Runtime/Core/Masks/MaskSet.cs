using System;

namespace SdCompiler.Runtime;

/// <summary>The masks of all sites of a trainer, for one window: lists of kept units, or multipliers where rows differ.</summary>
public sealed class MaskSet
{
    private readonly MaskSite[] sites;
    private AlignedBuffer<int>?[] lists;     // [T][kept at most] for structured sites that drop
    private int[]?[] counts;                 // [T]
    private AlignedBuffer<float>?[] factors; // [T][n][B * rows each] for random sites that drop; characters have their own steps and rows
    private AlignedBuffer<uint>?[] weights;  // [panels][n], a bit for each weight, for sites that drop single weights
    private readonly int timeSteps;
    private readonly int batchSize;
    private int drawnSteps;
    private int drawnRows;

    /// <summary>Makes room for the masks of one window.</summary>
    /// <param name="seed">The seed of every draw.</param>
    /// <param name="sites">The sites, in the order by which the body numbers them.</param>
    /// <param name="timeSteps">The most steps of a window, T.</param>
    /// <param name="batchSize">The most rows, B; also the stride of the multipliers.</param>
    /// <exception cref="ArgumentException">A size is below 1, or the multipliers of a site are larger than one array.</exception>
    public MaskSet(long seed, MaskSite[] sites, int timeSteps, int batchSize)
    {
        ArgumentNullException.ThrowIfNull(sites);
        ArgumentOutOfRangeException.ThrowIfLessThan(timeSteps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        Seed = seed;
        this.sites = (MaskSite[])sites.Clone();
        this.timeSteps = timeSteps;
        this.batchSize = batchSize;
        lists = new AlignedBuffer<int>?[sites.Length];
        counts = new int[]?[sites.Length];
        factors = new AlignedBuffer<float>?[sites.Length];
        weights = new AlignedBuffer<uint>?[sites.Length];
        for (int i = 0; i < sites.Length; i++)
        {
            MaskSite site = sites[i];
            if (!site.Drops)
            {
                continue;
            }

            int draws = site.IsFixed ? 1 : StepsOf(site, timeSteps);
            if (site.IsStructured)
            {
                lists[i] = new AlignedBuffer<int>(((long)draws * site.Kept) + KeptUnits.Ahead);
                counts[i] = new int[draws];
            }
            else if (site.DropsWeights)
            {
                weights[i] = new AlignedBuffer<uint>((long)new PanelLayout(4 * site.Units, ColumnOrder.Gates).Panels * site.Units);
            }
            else
            {
                factors[i] = new AlignedBuffer<float>((long)draws * site.Units * StrideOf(site));
            }
        }
    }

    /// <summary>The seed of every draw; a checkpoint that is loaded brings its own.</summary>
    public long Seed { get; internal set; }

    /// <summary>The training step that <see cref="Draw"/> drew for last, or -1.</summary>
    public long Step { get; private set; } = -1;

    /// <summary>The sites, by their numbers.</summary>
    public ReadOnlySpan<MaskSite> Sites => sites;

    /// <summary>Another set for the same sites, so that masks can be drawn ahead.</summary>
    internal MaskSet Twin() => new(Seed, sites, timeSteps, batchSize);

    /// <summary>Changes what was drawn with a twin.</summary>
    internal void Exchange(MaskSet twin)
    {
        (lists, twin.lists) = (twin.lists, lists);
        (counts, twin.counts) = (twin.counts, counts);
        (factors, twin.factors) = (twin.factors, factors);
        (weights, twin.weights) = (twin.weights, weights);
        (drawnSteps, twin.drawnSteps) = (twin.drawnSteps, drawnSteps);
        (drawnRows, twin.drawnRows) = (twin.drawnRows, drawnRows);
        (Step, twin.Step) = (twin.Step, Step);
    }

    /// <summary>Draws the masks of one window: every lane calls it and draws its share; a barrier must follow before they are read.</summary>
    /// <param name="lane">The caller.</param>
    /// <param name="step">The training step, part of the key.</param>
    /// <param name="steps">Time steps of the window.</param>
    /// <param name="rows">Rows of the batch. A mask does not depend on it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The window is larger than what there is room for.</exception>
    public void Draw(Lane lane, long step, int steps, int rows)
    {
        ArgumentNullException.ThrowIfNull(lane);
        if (steps < 1 || steps > timeSteps)
        {
            throw new ArgumentOutOfRangeException(nameof(steps), steps, $"A window has 1 to {timeSteps} steps.");
        }

        if (rows < 1 || rows > batchSize)
        {
            throw new ArgumentOutOfRangeException(nameof(rows), rows, $"A batch has 1 to {batchSize} rows.");
        }

        if (lane.Index == 0)
        {
            Step = step;
            drawnSteps = steps;
            drawnRows = rows;
        }

        // Time steps of one site cost alike, so each site is split on its own.
        for (int i = 0; i < sites.Length; i++)
        {
            if (sites[i].DropsWeights)
            {
                DrawWeights(lane, i, step);
                continue;
            }

            Share share = lane.Share(sites[i].IsFixed ? 1 : StepsOf(sites[i], steps));
            for (int t = share.Start; t < share.End && sites[i].Drops; t++)
            {
                DrawOne(i, t, step, RowsOf(sites[i], steps, rows));
            }
        }
    }

    /// <summary>The units that a structured site keeps at a time step, ascending.</summary>
    /// <param name="site">The site's number.</param>
    /// <param name="t">The time step.</param>
    /// <exception cref="InvalidOperationException">The site's masks differ from row to row.</exception>
    public ReadOnlySpan<int> Kept(int site, int t) => Units(site, t).Span;

    /// <summary>What a site multiplies one unit of one row by at a time step: 0, or the site's scale; for any pattern.</summary>
    /// <param name="site">The site's number.</param>
    /// <param name="t">The time step.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="row">The row of the batch; of a site over characters the word's time step times the batch size plus its row, and at a site of several rows each row * <see cref="MaskSite.RowsEach"/> + the row's own.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such site, or nothing was drawn for that step, unit or row.</exception>
    public unsafe float Multiplier(int site, int t, int unit, int row)
    {
        Check(site, t);
        MaskSite place = sites[site];
        ArgumentOutOfRangeException.ThrowIfNegative(unit);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(unit, place.Units);
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, RowsOf(place, drawnSteps, drawnRows));
        if (!place.Drops)
        {
            return 1f;
        }

        if (place.DropsWeights)
        {
            throw new InvalidOperationException($"'{place.Layer}' drops single weights and no units; ask WeightMultiplier(site, t, unit, output).");
        }

        if (place.IsStructured)
        {
            return Kept(site, t).BinarySearch(unit) >= 0 ? place.Scale : 0f;
        }

        return Multipliers(site, t)[((long)unit * StrideOf(place)) + row];
    }

    /// <summary>What a weight site multiplies one recurrent weight by at a time step: 0, or the site's scale; for any pattern.</summary>
    /// <param name="site">The site's number.</param>
    /// <param name="t">The time step; single weights are alike at all of them.</param>
    /// <param name="unit">The unit of the previous state that the weight is multiplied with.</param>
    /// <param name="output">The row of PyTorch's <c>weight_hh</c>: gate times units plus unit, gates i, f, g, o.</param>
    /// <exception cref="ArgumentException">There is no such site, it is not one of weights, or nothing was drawn for that step.</exception>
    public unsafe float WeightMultiplier(int site, int t, int unit, int output)
    {
        Check(site, t);
        MaskSite place = sites[site];
        MaskSampler.CheckWeight(place, unit, output);
        uint* bits = WeightBits(site);
        if (bits != null)
        {
            int column = new PanelLayout(4 * place.Units, ColumnOrder.Gates).Place(output);
            uint word = bits[((long)(column / KernelSet.PanelColumns) * place.Units) + unit];
            return (word >> (column % KernelSet.PanelColumns) & 1) == 1 ? place.Scale : 0f;
        }

        return Multiplier(site, t, unit, 0);
    }

    /// <summary>Which weights of a site are kept, a bit for each in [panel][unit]; null where it drops none or whole rows.</summary>
    internal unsafe uint* WeightBits(int site) => weights[site] is AlignedBuffer<uint> buffer ? buffer.Pointer : null;

    /// <summary>The kept units of a structured site at a time step.</summary>
    internal unsafe KeptUnits Units(int site, int t)
    {
        Check(site, t);
        MaskSite place = sites[site];
        if (!place.Drops)
        {
            return AllUnits.Of(place.Units);
        }

        if (lists[site] is not AlignedBuffer<int> list)
        {
            throw new InvalidOperationException($"The masks of '{place.Layer}' ({place.Site}) differ from row to row; there is no list of kept units; ask Multiplier(site, t, unit, row).");
        }

        int draw = place.IsFixed ? 0 : t;
        return new KeptUnits(list.Pointer + ((long)draw * place.Kept), counts[site]![draw], place.Scale);
    }

    /// <summary>The multipliers of a random site at a time step, [n][B * rows each]; null for a site that drops nothing or is structured.</summary>
    internal unsafe float* Multipliers(int site, int t)
    {
        Check(site, t);
        return factors[site] is AlignedBuffer<float> buffer
            ? buffer.Pointer + (sites[site].IsFixed ? 0 : (long)t * sites[site].Units * StrideOf(sites[site]))
            : null;
    }

    /// <summary>The steps of a site in a window of some steps: characters have places of their own, drawn for the longest word.</summary>
    private static int StepsOf(MaskSite site, int steps) => site.Characters > 0 ? site.Characters : steps;

    /// <summary>The samples of a site in a window: rows, the experts of rows, or the places of words.</summary>
    private int RowsOf(MaskSite site, int steps, int rows) => site.Characters > 0 ? steps * batchSize : rows * site.RowsEach;

    /// <summary>Multipliers from one unit to the next.</summary>
    private int StrideOf(MaskSite site) => site.Characters > 0 ? timeSteps * batchSize : batchSize * site.RowsEach;

    private unsafe void DrawOne(int i, int t, long step, int rows)
    {
        MaskSite site = sites[i];
        if (lists[i] is AlignedBuffer<int> list)
        {
            counts[i]![t] = MaskSampler.Units(Seed, site, step, t, list.Span.Slice(t * site.Kept, site.Kept));
        }
        else if (factors[i] is AlignedBuffer<float> buffer)
        {
            MaskSampler.Multipliers(Seed, site, step, t, buffer.Pointer + ((long)t * site.Units * StrideOf(site)), StrideOf(site), rows);
        }
    }

    private unsafe void DrawWeights(Lane lane, int i, long step)
    {
        MaskSite site = sites[i];
        uint* bits = WeightBits(i);
        if (bits != null)
        {
            int columns = new PanelLayout(4 * site.Units, ColumnOrder.Gates).Padded;
            MaskSampler.Weights(Seed, site, step, lane.Share((site.Units + 3) / 4), bits, lane.Floats(4 * columns));
        }
    }

    private void Check(int site, int t)
    {
        if ((uint)site >= (uint)sites.Length)
        {
            throw new ArgumentOutOfRangeException(nameof(site), site, $"The sites are numbered 0 to {sites.Length - 1}.");
        }

        if (drawnSteps == 0 || (uint)t >= (uint)StepsOf(sites[site], drawnSteps))
        {
            throw new ArgumentOutOfRangeException(nameof(t), t, drawnSteps == 0
                ? "There are no masks, because no step has been taken yet."
                : $"Masks are drawn for {StepsOf(sites[site], drawnSteps)} time steps.");
        }
    }
}
