using System;
using System.ComponentModel;

namespace SdCompiler.Runtime;

/// <summary>The state of each row at its own last time step: what a classification of whole sequences reads.</summary>
/// <remarks>For emitted code: offsets and sizes are planned at build time, and what they reach is not checked.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class LastState
{
    /// <summary>x[k][b] = h[last step of row b][k][b]. Units are split over lanes; no barrier.</summary>
    /// <param name="lane">The caller.</param>
    /// <param name="w">The window.</param>
    /// <param name="ws">The workspace.</param>
    /// <param name="h">Offset of the state after step 0, [T, units, B].</param>
    /// <param name="x">Offset of [units, B].</param>
    /// <param name="units">Units of the layer.</param>
    /// <param name="B">Rows from one unit to the next.</param>
    public static unsafe void Gather(Lane lane, Window w, Workspace ws, int h, int x, int units, int B)
    {
        Share share = lane.Share(units);
        for (int b = 0; b < w.Rows; b++)
        {
            float* from = ws.At(h) + ((long)(w.Length(b) - 1) * units * B) + b;
            float* to = ws.At(x) + b;
            for (int k = share.Start; k < share.End; k++)
            {
                to[(long)k * B] = from[(long)k * B];
            }
        }
    }

    /// <summary>dh[t][k][b] (+)= dx[k][b] at the last step of row b; where it does not add, dh is 0 at the other steps of the running rows. Units are split over lanes; no barrier.</summary>
    /// <param name="lane">The caller.</param>
    /// <param name="w">The window.</param>
    /// <param name="ws">The workspace.</param>
    /// <param name="dx">Offset of [units, B].</param>
    /// <param name="dh">Offset of step 0, [T, units, B].</param>
    /// <param name="units">Units of the layer.</param>
    /// <param name="B">Rows from one unit to the next.</param>
    /// <param name="accumulate">True where another layer has already written dh.</param>
    public static unsafe void Scatter(Lane lane, Window w, Workspace ws, int dx, int dh, int units, int B, bool accumulate)
    {
        Share share = lane.Share(units);
        for (int t = 0; t < w.Steps; t++)
        {
            int rows = w.RowsAt(t);
            int going = w.RowsAt(t + 1);
            for (int k = share.Start; k < share.End; k++)
            {
                float* from = ws.At(dx) + ((long)k * B);
                float* to = ws.At(dh) + ((((long)t * units) + k) * B);
                if (!accumulate)
                {
                    new Span<float>(to, rows).Clear();
                }

                // Rows are ordered by length, so those that end here are the last of the running ones.
                for (int b = going; b < rows; b++)
                {
                    to[b] += from[b];
                }
            }
        }
    }
}
