using System;

namespace SdCompiler.Runtime;

/// <content>The gradient of the input.</content>
public static unsafe partial class MaskedProduct
{
    /// <summary>
    /// Columns that one pass over the kept rows sums. Shorter passes keep more of dy in the first-level cache, longer ones need fewer
    /// horizontal sums: with 20 rows, 256 was up to a tenth slower, 768 the same, 1024 and whole rows about a quarter slower.
    /// </summary>
    internal const int ColumnChunk = 512;

    /// <summary>Units of W that stay in the second-level cache while all steps pass by: 128 rows of 512 columns are 256 KiB.</summary>
    private const int UnitBlock = 128;

    /// <summary>B4 for some steps: dx[t][kept(t)] (+)= scale * dy[t] . W[kept(t), :]^T; the other units get (or keep adding) 0.</summary>
    /// <param name="lane">The calling lane; it computes its own units of dx.</param>
    /// <param name="window">Gives the rows and the kept units of each step.</param>
    /// <param name="weights">W, with its plain rows (<see cref="MatrixParameter.EnsureRows"/>).</param>
    /// <param name="workspace">Holds dy and dx.</param>
    /// <param name="dy">Offset of dy at step <paramref name="first"/>, [count, B, N].</param>
    /// <param name="dx">Offset of dx at step 0, [T, units, B].</param>
    /// <param name="B">The batch stride.</param>
    /// <param name="site">The mask site of the forward product, or -1.</param>
    /// <param name="accumulate">True adds to dx, false overwrites it, dropped units with 0.</param>
    /// <param name="first">The first step.</param>
    /// <param name="count">The number of steps.</param>
    /// <remarks>
    /// rows * kept * columns multiply-adds a step. A block of W (units by columns) is outer and time inner, so that W, which may be far
    /// larger than any cache, is fetched once for all steps. Each element of dx adds its column chunks in ascending order.
    /// </remarks>
    public static void BackwardWindow(Lane lane, Window window, MatrixParameter weights, Workspace workspace, int dy, int dx, int B, int site, bool accumulate, int first, int count)
    {
        int units = weights.Rows, N = weights.PaddedColumns;
        // Whole units, not shares of each step's list: a lane then reads the same rows of W at every step, and over a window the
        // lengths of its lists even out.
        Share own = lane.Share(units);
        float* w = weights.RowsPointer();
        long multiplyAdds = 0;
        if (!accumulate)
        {
            for (int t = first; t < first + count; t++)
            {
                new Span<float>(workspace.At(dx) + (((long)t * units) + own.Start) * B, own.Count * B).Clear();
            }
        }

        for (int block = own.Start; block < own.End; block += UnitBlock)
        {
            int blockEnd = Math.Min(block + UnitBlock, own.End);
            for (int n = 0; n < N; n += ColumnChunk)
            {
                int columns = Math.Min(ColumnChunk, N - n);
                for (int t = first; t < first + count; t++)
                {
                    int rows = window.RowsAt(t);
                    KeptUnits kept = window.Kept(site, t, units);
                    int start = LowerBound(kept, block), end = LowerBound(kept, blockEnd);
                    float* dyStep = workspace.At(dy) + ((long)(t - first) * B * N) + n;
                    float* dxStep = workspace.At(dx) + ((long)t * units * B);
                    lane.Kernels.BackwardRows(dyStep, N, columns, w + n, N, kept.Units + start, end - start, kept.Scale, dxStep, B, rows);
                    multiplyAdds += n == 0 ? rows * (long)(end - start) * weights.Columns : 0;
                }
            }
        }

        lane.MultiplyAdds += multiplyAdds;
    }

    /// <summary>How many of the kept units come before <paramref name="unit"/>.</summary>
    private static int LowerBound(KeptUnits kept, int unit)
    {
        int found = kept.Span.BinarySearch(unit);
        return found < 0 ? ~found : found;
    }
}
