using System;

namespace SdCompiler.Runtime;

/// <content>
/// The chain from each row's last step to its first. Step t still leaves h and c in slot t + 1 and reads those of the step before it in the chain, t + 1, from slot t + 2.
/// Rows join the chain at their own last step, so the rows that run at step t are the first ones here as well.
/// </content>
public static unsafe partial class LstmCell
{
    /// <summary>R1: h and c in the slot behind each row's last step become 0, the state that its chain starts from. Rows are split over lanes; no barrier.</summary>
    /// <param name="lane">The calling lane.</param>
    /// <param name="window">Gives the lengths.</param>
    /// <param name="workspace">Holds both buffers.</param>
    /// <param name="units">Hidden units, H.</param>
    /// <param name="h">Offset of slot 0, [T + 2, units, B].</param>
    /// <param name="c">Offset of slot 0, [T + 2, B, Hp].</param>
    /// <param name="B">The batch stride.</param>
    public static void ReverseStart(Lane lane, Window window, Workspace workspace, int units, int h, int c, int B)
    {
        int Hp = (units + PanelUnits - 1) / PanelUnits * PanelUnits;
        Share own = lane.Share(window.Rows);
        for (int b = own.Start; b < own.End; b++)
        {
            int slot = window.Length(b) + 1;
            float* hidden = workspace.At(h) + ((long)slot * units * B) + b;
            for (int k = 0; k < units; k++)
            {
                hidden[(long)k * B] = 0;
            }

            new Span<float>(workspace.At(c) + ((((long)slot * B) + b) * Hp), Hp).Clear();
        }
    }

    /// <summary>F1 to F4 at step t with h[t+1] and c[t+1] in place of h[t-1] and c[t-1] (R1).</summary>
    /// <param name="lane">The calling lane.</param>
    /// <param name="window">Gives the rows and the kept units of the step.</param>
    /// <param name="t">The step.</param>
    /// <param name="wh">The recurrent weights, [units, 4 * units] in gate order.</param>
    /// <param name="workspace">Holds every buffer.</param>
    /// <param name="units">Hidden units, H.</param>
    /// <param name="gates">Offset of a[t], which holds the input's part and the bias; activated gates afterwards.</param>
    /// <param name="hPrev">Offset of what the product reads: h[t+1], or, where the recurrent site keeps a list, its kept units side by side, scaled.</param>
    /// <param name="hNext">Offset of h[t], overwritten.</param>
    /// <param name="cPrev">Offset of c[t+1].</param>
    /// <param name="cNext">Offset of c[t], overwritten.</param>
    /// <param name="B">The batch stride.</param>
    /// <param name="site">The recurrent mask site, or -1.</param>
    /// <param name="keptNext">Offset of the kept units of h[t] that step t-1 reads, written here unless t is 0; -1 where it reads h[t] itself.</param>
    public static void ForwardReverse(Lane lane, Window window, int t, MatrixParameter wh, Workspace workspace, int units, int gates, int hPrev, int hNext, int cPrev, int cNext, int B, int site, int keptNext)
    {
        Step(lane, window, t, wh, workspace, units, gates, hPrev, hNext, cPrev, cNext, B, site);
        if (keptNext >= 0 && t > 0)
        {
            // Rows whose last step is t-1 have their zeros in the slot of h[t], and are packed with the others.
            PackOwn(lane, window, t - 1, wh, workspace, units, hNext, keptNext, B, site);
        }
    }

    /// <summary>B1 and B2 at step t of the reverse chain (R2): dh = what the layers above give plus what step t-1 gives; dc becomes that of step t+1.</summary>
    /// <param name="lane">The calling lane.</param>
    /// <param name="window">Gives the rows of the step: each of them also has the step t-1 that read it.</param>
    /// <param name="t">The step.</param>
    /// <param name="workspace">Holds every buffer.</param>
    /// <param name="units">Hidden units, H.</param>
    /// <param name="gates">Offset of the activated gates of step t; da afterwards.</param>
    /// <param name="cPrev">Offset of c[t+1].</param>
    /// <param name="cNext">Offset of c[t].</param>
    /// <param name="dhAbove">Offset of the gradient of h[t] from its readers other than step t-1.</param>
    /// <param name="dhRecurrent">Offset of what <see cref="BackwardRecurrentReverse"/> wrote at step t-1; not read at step 0.</param>
    /// <param name="dc">Offset of the gradient of c, one buffer for all steps; not read at step 0.</param>
    /// <param name="B">The batch stride.</param>
    public static void BackwardGatesReverse(Lane lane, Window window, int t, Workspace workspace, int units, int gates, int cPrev, int cNext, int dhAbove, int dhRecurrent, int dc, int B)
    {
        int rows = window.RowsAt(t);
        Gates(lane, rows, t > 0 ? rows : 0, workspace, units, gates, cPrev, cNext, dhAbove, dhRecurrent, dc, B);
    }

    /// <summary>B3 at step t of the reverse chain (R2), for the rows that have a step t+1, which reads it.</summary>
    /// <param name="lane">The calling lane; it computes its share of the kept units.</param>
    /// <param name="window">Gives the rows of step t+1 and the kept units of step t.</param>
    /// <param name="t">The step.</param>
    /// <param name="wh">The recurrent weights, with their plain rows.</param>
    /// <param name="workspace">Holds every buffer.</param>
    /// <param name="units">Hidden units, H.</param>
    /// <param name="gates">Offset of da[t].</param>
    /// <param name="dhRecurrent">Offset of the gradient of h[t+1], [units][B], overwritten.</param>
    /// <param name="B">The batch stride.</param>
    /// <param name="site">The recurrent mask site of the forward product, or -1.</param>
    public static void BackwardRecurrentReverse(Lane lane, Window window, int t, MatrixParameter wh, Workspace workspace, int units, int gates, int dhRecurrent, int B, int site) =>
        Recurrent(lane, window, t, window.RowsAt(t + 1), wh, workspace, units, gates, dhRecurrent, B, site);
}
