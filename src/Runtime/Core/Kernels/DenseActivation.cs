using System;
using System.ComponentModel;

namespace SdCompiler.Runtime;

/// <summary>The element-wise function after a fully connected layer, and the change of layout to what the next product reads.</summary>
/// <remarks>For emitted code: offsets and sizes are planned at build time, and what they reach is not checked.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DenseActivation
{
    /// <summary>y = f(y) in place for the running rows, and x[t][n][b] = y[t][b][n]. Steps are split over lanes; no barrier.</summary>
    /// <param name="lane">The caller.</param>
    /// <param name="w">The window.</param>
    /// <param name="activation">f.</param>
    /// <param name="ws">The workspace.</param>
    /// <param name="y">Offset of [T, B, columns]: the product in, activated out.</param>
    /// <param name="x">Offset of [T, units, B].</param>
    /// <param name="units">Units of the layer; columns beyond them are padding.</param>
    /// <param name="columns">Floats from one row of y to the next.</param>
    /// <param name="B">Rows from one step of y to the next, and from one unit of x to the next.</param>
    public static unsafe void ForwardWindow(Lane lane, Window w, Activation activation, Workspace ws, int y, int x, int units, int columns, int B)
    {
        Share share = lane.Share(w.Steps);
        for (int t = share.Start; t < share.End; t++)
        {
            int rows = w.RowsAt(t);
            float* to = ws.At(x) + ((long)t * units * B);
            for (int b = 0; b < rows; b++)
            {
                float* row = ws.At(y) + ((((long)t * B) + b) * columns);
                lane.Kernels.Activate(activation, row, units);
                for (int n = 0; n < units; n++)
                {
                    to[((long)n * B) + b] = row[n];
                }
            }
        }
    }

    /// <summary>As <see cref="ForwardWindow"/>, for some steps of a chain: panels of 32 columns are split over lanes as products split them, so that no barrier parts the two.</summary>
    /// <param name="lane">The caller.</param>
    /// <param name="w">The window.</param>
    /// <param name="activation">f.</param>
    /// <param name="ws">The workspace.</param>
    /// <param name="y">Offset of step 0, [T, B, columns]: the product in, activated out.</param>
    /// <param name="x">Offset of step 0, [T, units, B].</param>
    /// <param name="units">Units of the layer.</param>
    /// <param name="columns">Floats from one row of y to the next.</param>
    /// <param name="B">Rows from one step to the next.</param>
    /// <param name="first">The first step.</param>
    /// <param name="count">How many steps.</param>
    public static unsafe void ForwardPanels(Lane lane, Window w, Activation activation, Workspace ws, int y, int x, int units, int columns, int B, int first, int count)
    {
        Share own = Columns(lane, units, columns);
        for (int t = first; t < first + count; t++)
        {
            float* to = ws.At(x) + ((long)t * units * B);
            for (int b = 0; b < w.RowsAt(t); b++)
            {
                float* row = ws.At(y) + ((((long)t * B) + b) * columns);
                lane.Kernels.Activate(activation, row + own.Start, own.Count);
                for (int n = own.Start; n < own.End; n++)
                {
                    to[((long)n * B) + b] = row[n];
                }
            }
        }
    }

    /// <summary>As <see cref="BackwardWindow"/>, for some steps of a chain; panels of 32 columns are split over lanes.</summary>
    /// <param name="lane">The caller.</param>
    /// <param name="w">The window.</param>
    /// <param name="activation">f.</param>
    /// <param name="ws">The workspace.</param>
    /// <param name="dx">Offset of step 0, [T, units, B].</param>
    /// <param name="y">Offset of step 0, [T, B, columns]: the activated output.</param>
    /// <param name="dy">Offset of step 0, [T, B, columns]; not y.</param>
    /// <param name="units">Units of the layer.</param>
    /// <param name="columns">Floats from one row of y to the next.</param>
    /// <param name="B">Rows from one step to the next.</param>
    /// <param name="first">The first step.</param>
    /// <param name="count">How many steps.</param>
    public static unsafe void BackwardPanels(Lane lane, Window w, Activation activation, Workspace ws, int dx, int y, int dy, int units, int columns, int B, int first, int count)
    {
        Share own = Columns(lane, units, columns);
        for (int t = first; t < first + count; t++)
        {
            float* from = ws.At(dx) + ((long)t * units * B);
            for (int b = 0; b < w.RowsAt(t); b++)
            {
                long at = (((long)t * B) + b) * columns;
                float* row = ws.At(dy) + at;
                for (int n = own.Start; n < own.End; n++)
                {
                    row[n] = from[((long)n * B) + b];
                }

                if (own.End == units)
                {
                    new Span<float>(row + units, columns - units).Clear();
                }

                lane.Kernels.ActivationGradient(activation, row + own.Start, ws.At(y) + at + own.Start, own.Count);
            }
        }
    }

    private static Share Columns(Lane lane, int units, int columns)
    {
        Share panels = lane.Share(columns / KernelSet.PanelColumns);
        return new Share(Math.Min(panels.Start * KernelSet.PanelColumns, units), Math.Min(panels.End * KernelSet.PanelColumns, units));
    }

    /// <summary>dy[t][b][n] = dx[t][n][b] * f'(.) for the running rows; padding columns of dy are 0. Steps are split over lanes; no barrier.</summary>
    /// <param name="lane">The caller.</param>
    /// <param name="w">The window.</param>
    /// <param name="activation">f.</param>
    /// <param name="ws">The workspace.</param>
    /// <param name="dx">Offset of the gradient by the layer's output, [T, units, B].</param>
    /// <param name="y">Offset of the activated output, [T, B, columns].</param>
    /// <param name="dy">Offset of the gradient by the product, [T, B, columns]; not y.</param>
    /// <param name="units">Units of the layer.</param>
    /// <param name="columns">Floats from one row of y to the next.</param>
    /// <param name="B">Rows from one step to the next.</param>
    public static unsafe void BackwardWindow(Lane lane, Window w, Activation activation, Workspace ws, int dx, int y, int dy, int units, int columns, int B)
    {
        Share share = lane.Share(w.Steps);
        for (int t = share.Start; t < share.End; t++)
        {
            int rows = w.RowsAt(t);
            float* from = ws.At(dx) + ((long)t * units * B);
            for (int b = 0; b < rows; b++)
            {
                long at = (((long)t * B) + b) * columns;
                float* row = ws.At(dy) + at;
                for (int n = 0; n < units; n++)
                {
                    row[n] = from[((long)n * B) + b];
                }

                new Span<float>(row + units, columns - units).Clear();
                lane.Kernels.ActivationGradient(activation, row, ws.At(y) + at, units);
            }
        }
    }
}
