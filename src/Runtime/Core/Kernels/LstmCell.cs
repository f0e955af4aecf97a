using System;
using System.ComponentModel;

namespace SdCompiler.Runtime;

/// <summary>
/// One step of the recurrent chain of an LSTM. Every lane calls these functions; a lane owns the same panels of units in all of them, and
/// the caller places the barriers between steps.
/// </summary>
/// <remarks>
/// Offsets are those of step t already. h and its gradients are unit-major <c>[unit][B]</c> with exactly H units; c and dc are
/// <c>[b][Hp]</c>, H rounded up to 8; gates are <c>[b][4*Hp]</c>, panels of 8 units of i, then f, g and o. Labels: EQUATIONS.md.
/// For emitted code: offsets and sizes are planned at build time, and what they reach is not checked.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe partial class LstmCell
{
    private const int PanelColumns = KernelSet.PanelColumns;
    private const int PanelUnits = KernelSet.PanelUnits;

    /// <summary>Panels whose products run together, so that h[t-1] is fetched once for all of them; their gates are still in cache for the cell.</summary>
    private const int PanelGroup = 4;

    /// <summary>
    /// F1 to F4 at step t: a += h[t-1] . Wh, or, of the packed kept units (M3), a += hk[t-1] . Wh[kept, :]; i, f, o = sigmoid and g = tanh, in place; c[t] = f*c[t-1] + i*g;
    /// h[t] = o*tanh(c[t]).
    /// </summary>
    /// <param name="lane">The calling lane.</param>
    /// <param name="window">Gives the rows and the kept units of the step.</param>
    /// <param name="t">The step.</param>
    /// <param name="wh">The recurrent weights, [units, 4 * units] in gate order.</param>
    /// <param name="workspace">Holds every buffer.</param>
    /// <param name="units">Hidden units, H.</param>
    /// <param name="gates">Offset of a[t], which holds the input's part and the bias; activated gates afterwards.</param>
    /// <param name="hPrev">Offset of what the product reads: h[t-1], or, where the recurrent site keeps a list, its kept units side by side, scaled.</param>
    /// <param name="hNext">Offset of h[t], overwritten.</param>
    /// <param name="cPrev">Offset of c[t-1].</param>
    /// <param name="cNext">Offset of c[t], overwritten.</param>
    /// <param name="B">The batch stride.</param>
    /// <param name="site">The recurrent mask site, or -1.</param>
    /// <param name="keptNext">Offset of the kept units of h[t] that step t+1 reads, written here unless the window ends; -1 where it reads h[t] itself.</param>
    public static void Forward(Lane lane, Window window, int t, MatrixParameter wh, Workspace workspace, int units, int gates, int hPrev, int hNext, int cPrev, int cNext, int B, int site, int keptNext)
    {
        Step(lane, window, t, wh, workspace, units, gates, hPrev, hNext, cPrev, cNext, B, site);
        if (keptNext >= 0 && t + 1 < window.Steps)
        {
            PackOwn(lane, window, t + 1, wh, workspace, units, hNext, keptNext, B, site);
        }
    }

    /// <summary>F1 to F4 at step t, whatever the step before it is.</summary>
    private static void Step(Lane lane, Window window, int t, MatrixParameter wh, Workspace workspace, int units, int gates, int hPrev, int hNext, int cPrev, int cNext, int B, int site)
    {
        int rows = window.RowsAt(t), N = wh.PaddedColumns, Hp = N / 4;
        KeptUnits kept = window.Kept(site, t, units);
        Share panels = lane.Share(wh.Panels);
        for (int from = panels.Start; from < panels.End; from += PanelGroup)
        {
            int to = Math.Min(from + PanelGroup, panels.End);
            lane.MultiplyAdds += MaskedProduct.ForwardPanels(lane.Kernels, wh, from, to, workspace.At(hPrev), B, kept, null, 0, workspace.At(gates), N, rows);
            StepPhase products = lane.Enter(StepPhase.Gates);
            for (int panel = from; panel < to; panel++)
            {
                int unit = panel * PanelUnits;
                lane.Kernels.CellForward(
                    workspace.At(gates) + (panel * PanelColumns), N, workspace.At(cPrev) + unit, workspace.At(cNext) + unit, Hp,
                    workspace.At(hNext) + ((long)unit * B), B, Math.Min(PanelUnits, units - unit), rows);
            }

            lane.Enter(products);
        }
    }

    /// <summary>A lane packs the units that it has computed itself, while they are in its cache: the step that reads them needs no pass and no barrier for it.</summary>
    private static void PackOwn(Lane lane, Window window, int reader, MatrixParameter wh, Workspace workspace, int units, int h, int packed, int B, int site)
    {
        Share panels = lane.Share(wh.Panels);
        Share own = new(panels.Start * PanelUnits, Math.Min(panels.End * PanelUnits, units));
        PackedInput.Pack(lane.Kernels, window.Kept(site, reader, units), own, workspace.At(h), workspace.At(packed), B, window.RowsAt(reader));
    }

    /// <summary>
    /// B1 and B2 at step t: dh = what the layers above give plus what step t+1 gives; the activated gates become da, and dc of step t
    /// becomes dc of step t-1, both in place.
    /// </summary>
    /// <param name="lane">The calling lane.</param>
    /// <param name="window">Gives the rows of steps t and t+1: a row that ended at step t receives nothing from t+1.</param>
    /// <param name="t">The step.</param>
    /// <param name="workspace">Holds every buffer.</param>
    /// <param name="units">Hidden units, H.</param>
    /// <param name="gates">Offset of the activated gates of step t; da afterwards.</param>
    /// <param name="cPrev">Offset of c[t-1].</param>
    /// <param name="cNext">Offset of c[t].</param>
    /// <param name="dhAbove">Offset of the gradient of h[t] from its readers other than step t+1.</param>
    /// <param name="dhRecurrent">Offset of what <see cref="BackwardRecurrent"/> wrote at step t+1; not read at the last step.</param>
    /// <param name="dc">Offset of the gradient of c, one buffer for all steps; not read at the last step.</param>
    /// <param name="B">The batch stride.</param>
    /// <param name="seeded">True where <see cref="StateBridge.Backward"/> has left what each row's last state gets in dc, and zeros in dhRecurrent: then both count for every row.</param>
    public static void BackwardGates(Lane lane, Window window, int t, Workspace workspace, int units, int gates, int cPrev, int cNext, int dhAbove, int dhRecurrent, int dc, int B, bool seeded = false)
    {
        // A row that ends at this step has received nothing from the next one: its dhRecurrent is 0, because that is cleared for all rows, and its dc is the seed.
        int rows = window.RowsAt(t);
        Gates(lane, rows, seeded ? rows : window.RowsAt(t + 1), workspace, units, gates, cPrev, cNext, dhAbove, dhRecurrent, dc, B);
    }

    /// <summary>B1 and B2 for some rows, of which the first have a step that read this one.</summary>
    private static void Gates(Lane lane, int rows, int rowsNext, Workspace workspace, int units, int gates, int cPrev, int cNext, int dhAbove, int dhRecurrent, int dc, int B)
    {
        int panelCount = (units + PanelUnits - 1) / PanelUnits, Hp = panelCount * PanelUnits, N = panelCount * PanelColumns;
        Share panels = lane.Share(panelCount);
        StepPhase before = lane.Enter(StepPhase.Gates);
        for (int panel = panels.Start; panel < panels.End; panel++)
        {
            int unit = panel * PanelUnits;
            long h = (long)unit * B;
            lane.Kernels.CellBackward(
                workspace.At(gates) + (panel * PanelColumns), N, workspace.At(cPrev) + unit, workspace.At(cNext) + unit, workspace.At(dc) + unit, Hp,
                workspace.At(dhAbove) + h, workspace.At(dhRecurrent) + h, B, Math.Min(PanelUnits, units - unit), rows, rowsNext);
        }

        lane.Enter(before);
    }

    /// <summary>B3 at step t: dhRecurrent[kept] = scale * da[t] . Wh[kept, :]^T, other units 0; step t-1 reads it.</summary>
    /// <param name="lane">The calling lane; it computes its share of the kept units.</param>
    /// <param name="window">Gives the rows and the kept units of the step.</param>
    /// <param name="t">The step.</param>
    /// <param name="wh">The recurrent weights, with their plain rows.</param>
    /// <param name="workspace">Holds every buffer.</param>
    /// <param name="units">Hidden units, H.</param>
    /// <param name="gates">Offset of da[t].</param>
    /// <param name="dhRecurrent">Offset of the gradient of h[t-1], [units][B], overwritten.</param>
    /// <param name="B">The batch stride.</param>
    /// <param name="site">The recurrent mask site of the forward product, or -1.</param>
    public static void BackwardRecurrent(Lane lane, Window window, int t, MatrixParameter wh, Workspace workspace, int units, int gates, int dhRecurrent, int B, int site) =>
        Recurrent(lane, window, t, window.RowsAt(t), wh, workspace, units, gates, dhRecurrent, B, site);

    /// <summary>B3 at step t for its first rows.</summary>
    private static void Recurrent(Lane lane, Window window, int t, int rows, MatrixParameter wh, Workspace workspace, int units, int gates, int dhRecurrent, int B, int site)
    {
        int N = wh.PaddedColumns;
        KeptUnits kept = window.Kept(site, t, units);
        Share share = lane.Share(kept.Count);
        // The kept units are shared out evenly, since every step ends at a barrier; the dropped ones go with the kept one before them.
        int start = share.Start == 0 ? 0 : kept.Units[share.Start];
        int end = lane.Index == lane.Count - 1 ? units : share.End == 0 ? 0 : kept.Units[share.End];
        float* dh = workspace.At(dhRecurrent);
        new Span<float>(dh + ((long)start * B), (end - start) * B).Clear();
        float* w = wh.RowsPointer();
        int chunk = lane.Kernels.Blocking.BackwardShare(N);
        for (int n = 0; n < N; n += chunk)
        {
            int columns = Math.Min(chunk, N - n);
            lane.Kernels.BackwardRows(workspace.At(gates) + n, N, columns, w + n, N, kept.Units + share.Start, share.Count, kept.Scale, dh, B, rows);
        }

        lane.MultiplyAdds += rows * (long)share.Count * wh.Columns;
    }
}
