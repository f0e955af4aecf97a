using System;

namespace SdCompiler.Runtime;

/// <content>Both directions of an LSTM side by side: each ends at another step.</content>
public static partial class LastState
{
    /// <summary>x[k][b] = h[last step of row b][k][b] for the units of the forward direction, h[0][k][b] for those of the reverse one. Units are split over lanes; no barrier.</summary>
    /// <param name="lane">The caller.</param>
    /// <param name="w">The window.</param>
    /// <param name="ws">The workspace.</param>
    /// <param name="h">Offset of step 0, [T, units, B].</param>
    /// <param name="x">Offset of [units, B].</param>
    /// <param name="units">Units of both directions.</param>
    /// <param name="forwardUnits">How many of them, the first ones, are the forward direction's.</param>
    /// <param name="B">Rows from one unit to the next.</param>
    public static unsafe void GatherEnds(Lane lane, Window w, Workspace ws, int h, int x, int units, int forwardUnits, int B)
    {
        Share share = lane.Share(units);
        for (int k = share.Start; k < share.End; k++)
        {
            float* to = ws.At(x) + ((long)k * B);
            for (int b = 0; b < w.Rows; b++)
            {
                int t = k < forwardUnits ? w.Length(b) - 1 : 0;
                to[b] = ws.At(h)[((((long)t * units) + k) * B) + b];
            }
        }
    }

    /// <summary>dh[t][k][b] (+)= dx[k][b] at the step where the direction of unit k ends; where it does not add, dh is 0 at the other steps of the running rows. Units are split over lanes; no barrier.</summary>
    /// <param name="lane">The caller.</param>
    /// <param name="w">The window.</param>
    /// <param name="ws">The workspace.</param>
    /// <param name="dx">Offset of [units, B].</param>
    /// <param name="dh">Offset of step 0, [T, units, B].</param>
    /// <param name="units">Units of both directions.</param>
    /// <param name="forwardUnits">How many of them, the first ones, are the forward direction's.</param>
    /// <param name="B">Rows from one unit to the next.</param>
    /// <param name="accumulate">True where another layer has already written dh.</param>
    public static unsafe void ScatterEnds(Lane lane, Window w, Workspace ws, int dx, int dh, int units, int forwardUnits, int B, bool accumulate)
    {
        Share share = lane.Share(units);
        for (int t = 0; t < w.Steps; t++)
        {
            int rows = w.RowsAt(t);
            for (int k = share.Start; k < share.End; k++)
            {
                float* from = ws.At(dx) + ((long)k * B);
                float* to = ws.At(dh) + ((((long)t * units) + k) * B);
                if (!accumulate)
                {
                    new Span<float>(to, rows).Clear();
                }

                // Rows are ordered by length, so those that end here are the last of the running ones.
                int first = k < forwardUnits ? w.RowsAt(t + 1) : t == 0 ? 0 : rows;
                for (int b = first; b < rows; b++)
                {
                    to[b] += from[b];
                }
            }
        }
    }
}
