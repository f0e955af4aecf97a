using System;

namespace SdCompiler.Runtime;

/// <content>The gradient of the input.</content>
public static unsafe partial class MaskedProduct
{
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
    /// larger than any cache, is fetched once for all steps; all blocks of some columns come before the next columns, so that these columns of dy,
    /// which each block reads, are fetched from memory once. Each element of dx adds its column chunks in ascending order.
    /// </remarks>
    public static void BackwardWindow(Lane lane, Window window, MatrixParameter weights, Workspace workspace, int dy, int dx, int B, int site, bool accumulate, int first, int count)
        => Backward(lane, window, weights, workspace.At(dy), workspace.At(dx), B, site, accumulate, first, count);

    private static void Backward(Lane lane, Window window, MatrixParameter weights, float* dy, float* dx, int B, int site, bool accumulate, int first, int count)
    {
        int units = weights.Rows, N = weights.PaddedColumns;
        // Whole units, not shares of each step's list: a lane then reads the same rows of W at every step, and over a window the
        // lengths of its lists even out.
        Share own = lane.Share(units);
        float* w = weights.RowsPointer();
        ProductBlocking blocking = lane.Kernels.Blocking;
        int share = blocking.BackwardShare(N);
        long multiplyAdds = 0;
        if (!accumulate)
        {
            for (int t = first; t < first + count; t++)
            {
                new Span<float>(dx + (((long)t * units) + own.Start) * B, own.Count * B).Clear();
            }
        }

        for (int n = 0; n < N; n += share)
        {
            int columns = Math.Min(share, N - n);
            for (int block = own.Start; block < own.End; block += blocking.BackwardUnits)
            {
                int blockEnd = Math.Min(block + blocking.BackwardUnits, own.End);
                for (int t = first; t < first + count; t++)
                {
                    int rows = window.RowsAt(t);
                    KeptUnits kept = window.Kept(site, t, units);
                    int start = kept.Before(block), end = kept.Before(blockEnd);
                    float* dyStep = dy + ((long)(t - first) * B * N) + n;
                    float* dxStep = dx + ((long)t * units * B);
                    lane.Kernels.BackwardRows(dyStep, N, columns, w + n, N, kept.Units + start, end - start, kept.Scale, dxStep, B, rows);
                    multiplyAdds += n == 0 ? rows * (long)(end - start) * weights.Columns : 0;
                }
            }
        }

        lane.MultiplyAdds += multiplyAdds;
    }
}
