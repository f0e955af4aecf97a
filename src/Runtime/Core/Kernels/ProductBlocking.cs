namespace SdCompiler.Runtime;

/// <summary>
/// How far the loops around the product kernels go before they begin the next block, so that what they come back to is still in a cache near the
/// registers. Fixed for each kernel set and never measured at run time: <paramref name="KeptRows"/>, <paramref name="BackwardColumns"/> and
/// <paramref name="GradientUnits"/> decide the order of sums (the last one that of the norm), and with it the bits. Where the numbers come from: samples/Benchmarks/Results/LOG.md.
/// </summary>
/// <param name="KeptRows">F1: kept rows of a panel of W that pass by all rows of the batch before the next ones.</param>
/// <param name="GroupBytes">F1: bytes of the panels of W that share the second-level cache while all steps pass by.</param>
/// <param name="GradientUnits">B5: rows of a panel of dW that stay in the second-level cache while all steps pass by; a multiple of the set's tile. Common widths are one block: a second one of a few rows would leave most of its tile empty.</param>
/// <param name="GradientRows">B5: rows of the batch, of several steps, whose dy is packed at a time: 1024 rows of 32 columns are 128 KiB.</param>
/// <param name="BackwardColumns">B3, B4: columns of kept rows of W, at most, that are summed at a time: fewer need more horizontal sums, more drive dy from the first-level cache.</param>
/// <param name="BackwardUnits">B4: rows of W that stay in the second-level cache while all steps pass by.</param>
internal sealed record ProductBlocking(int KeptRows, int GroupBytes, int GradientUnits, int GradientRows, int BackwardColumns, int BackwardUnits)
{
    /// <summary>For 32 KiB and 512 KiB of the first two caches: 128 rows of W and of x, 20 rows of the batch wide, are 26 KiB.</summary>
    public static ProductBlocking SmallCaches { get; } = new(
        KeptRows: 128, GroupBytes: 176 * 1024, GradientUnits: 660, GradientRows: 1024, BackwardColumns: 512, BackwardUnits: 128);

    /// <summary>For 32 to 48 KiB and 1 MiB, which processors with AVX-512 have: fewer tiles to begin and end outweigh a panel that leaves the first-level cache.</summary>
    public static ProductBlocking LargeCaches { get; } = new(
        KeptRows: 384, GroupBytes: 640 * 1024, GradientUnits: 660, GradientRows: 1024, BackwardColumns: 3072, BackwardUnits: 128);

    /// <summary>How many of <paramref name="columns"/> padded columns the backward products sum at a time: even shares of whole panels, so that no short one is left.</summary>
    public int BackwardShare(int columns)
    {
        int shares = (columns + BackwardColumns - 1) / BackwardColumns, panels = columns / KernelSet.PanelColumns;
        return (panels + shares - 1) / shares * KernelSet.PanelColumns;
    }
}
