using System;
using System.ComponentModel;

namespace SdCompiler.Runtime;

/// <summary>Brings a real-valued input into the layout of the products.</summary>
/// <remarks>For emitted code: offsets and sizes are planned at build time, and what they reach is not checked.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SeriesInput
{
    /// <summary>x[t][k][b] = series[t][b][k] for the running rows. Steps are split over lanes; no barrier.</summary>
    /// <param name="lane">The caller.</param>
    /// <param name="w">The window.</param>
    /// <param name="input">The input's number.</param>
    /// <param name="ws">The workspace.</param>
    /// <param name="x">Offset of [T, width, B].</param>
    /// <param name="width">Numbers per row and step.</param>
    /// <param name="B">Rows from one unit to the next.</param>
    public static unsafe void Load(Lane lane, Window w, int input, Workspace ws, int x, int width, int B)
    {
        Share share = lane.Share(w.Steps);
        for (int t = share.Start; t < share.End; t++)
        {
            float* to = ws.At(x) + ((long)t * width * B);
            int rows = w.RowsAt(t);
            ReadOnlySpan<float> from = w.Series(input).Slice(t * B * width, rows * width);
            for (int b = 0; b < rows; b++)
            {
                for (int k = 0; k < width; k++)
                {
                    to[(k * B) + b] = from[(b * width) + k];
                }
            }
        }
    }
}
