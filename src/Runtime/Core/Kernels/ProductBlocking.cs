namespace SdCompiler.Runtime;

/// <summary>
/// How far the loops around the product kernels go before they begin the next block, so that what they come back to is still in a cache near the
/// registers. Fixed for each kernel set and never measured at run time: blocks decide the order of sums, and with it the bits.
/// </summary>
/// <param name="KeptRows">F1: kept rows of a panel of W that pass by all rows of the batch before the next ones.</param>
/// <param name="GroupBytes">F1: bytes of the panels of W that share the second-level cache while all steps pass by.</param>
/// <param name="GradientUnits">B5: rows of a panel of dW that stay in the first-level cache while all steps pass by.</param>
/// <param name="GradientRows">B5: rows of the batch, of several steps, whose dy is packed at a time.</param>
/// <param name="BackwardColumns">B3, B4: columns of kept rows of W that are summed at a time.</param>
/// <param name="BackwardUnits">B4: rows of W that stay in the second-level cache while all steps pass by.</param>
internal sealed record ProductBlocking(int KeptRows, int GroupBytes, int GradientUnits, int GradientRows, int BackwardColumns, int BackwardUnits);
