using System.ComponentModel;

namespace SdCompiler.Runtime;

/// <summary>
/// Penalties on the output of an LSTM (Merity et al. 2017, arXiv:1708.02182): alpha times the mean square of what its output dropout leaves (activation regularization), beta times the mean square of
/// what the output itself changes by from step to step (temporal activation regularization).
/// </summary>
/// <remarks>
/// Like the loss, each is summed over time and averaged over rows (and units); the first step of a window has no change. Only gradients are computed: losses are reported without penalties.
/// For emitted code: offsets and sizes are planned at build time, and what they reach is not checked.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class StatePenalty
{
    /// <summary>P1 and P2: dh[t] += 2 alpha/(units*rows) * mask^2 * h[t] + 2 beta/(units*rows) * ((h[t] - h[t-1]) - (h[t+1] - h[t])). Units are split over lanes; no barrier.</summary>
    /// <param name="lane">The caller.</param>
    /// <param name="w">The window: running rows, masks.</param>
    /// <param name="ws">The workspace.</param>
    /// <param name="h">Offset of h at step 0, [T, units, B].</param>
    /// <param name="dh">Offset of its gradient at step 0, [T, units, B]; added to.</param>
    /// <param name="units">Units.</param>
    /// <param name="B">Rows from one unit to the next.</param>
    /// <param name="site">The layer's output site, or -1.</param>
    /// <param name="alpha">The factor of the dropped output's mean square.</param>
    /// <param name="beta">The factor of the changes' mean square.</param>
    public static unsafe void Backward(Lane lane, Window w, Workspace ws, int h, int dh, int units, int B, int site, double alpha, double beta)
    {
        double mean = 2.0 / ((double)units * w.Rows);
        float activation = (float)(alpha * mean), change = (float)(beta * mean);
        Share own = lane.Share(units);
        for (int t = 0; t < w.Steps; t++)
        {
            int rows = w.RowsAt(t), next = w.RowsAt(t + 1);
            long at = ((long)t * units) * B, step = (long)units * B;
            float* now = ws.At(h) + at;
            float* gradient = ws.At(dh) + at;
            if (activation > 0)
            {
                AddActivation(w, t, now, gradient, own, B, site, activation, rows);
            }

            // Plain loops: few units, one pass, a thousandth of what the products of the layer take.
            for (int k = own.Start; change > 0 && k < own.End; k++)
            {
                float* x = now + ((long)k * B);
                float* dx = gradient + ((long)k * B);
                for (int b = 0; t > 0 && b < rows; b++)
                {
                    dx[b] += change * (x[b] - x[b - step]);
                }

                for (int b = 0; b < next; b++)
                {
                    dx[b] -= change * (x[b + step] - x[b]);
                }
            }
        }
    }

    private static unsafe void AddActivation(Window w, int t, float* h, float* dh, Share own, int B, int site, float factor, int rows)
    {
        bool drops = site >= 0 && w.Masks.Sites[site].Drops;
        bool structured = drops && w.Masks.Sites[site].IsStructured;
        float* multipliers = drops && !structured ? w.Masks.Multipliers(site, t) : null;
        KeptUnits kept = structured ? w.Masks.Units(site, t) : default;
        int place = structured ? kept.Before(own.Start) : 0;
        for (int k = own.Start; k < own.End; k++)
        {
            float unit = 1f;
            if (structured)
            {
                bool keeps = place < kept.Count && kept.Units[place] == k;
                unit = keeps ? kept.Scale : 0f;
                place += keeps ? 1 : 0;
            }

            long at = (long)k * B;
            for (int b = 0; b < rows; b++)
            {
                float m = multipliers == null ? unit : multipliers[at + b];
                dh[at + b] += factor * m * m * h[at + b];
            }
        }
    }
}
