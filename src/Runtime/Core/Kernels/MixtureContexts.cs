using System;
using System.ComponentModel;

namespace SdCompiler.Runtime;

/// <summary>The contexts of a mixture of softmaxes: tanh of a product, and the change of layout to a row for each expert, which the experts' common product reads.</summary>
/// <remarks>
/// Buffers: y is <c>[t][b][N]</c>, column k * width + n is number n of the context of expert k; c and dc are <c>[t][n][B * experts]</c>, expert k of row b in column b * experts + k.
/// For emitted code: offsets and sizes are planned at build time, and what they reach is not checked.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class MixtureContexts
{
    /// <summary>X1  y = tanh(y) in place for the running rows, and c holds the same with a row for each expert. Rows are split over lanes; no barrier.</summary>
    /// <param name="lane">The caller.</param>
    /// <param name="w">The window.</param>
    /// <param name="ws">The workspace.</param>
    /// <param name="y">Offset of y: the product in, activated out.</param>
    /// <param name="c">Offset of c.</param>
    /// <param name="experts">Experts.</param>
    /// <param name="width">Numbers of a context.</param>
    /// <param name="columns">Floats from one row of y to the next.</param>
    /// <param name="B">Rows from one step of y to the next.</param>
    public static void Forward(Lane lane, Window w, Workspace ws, int y, int c, int experts, int width, int columns, int B)
    {
        Share share = StepRows.Of(lane, w, 0, w.Steps);
        int before = 0, rowsOfC = B * experts;
        for (int t = 0; t < w.Steps; t++)
        {
            int rows = w.RowsAt(t);
            Share mine = StepRows.In(share, before, rows);
            before += rows;
            float* to = ws.At(c) + ((long)t * width * rowsOfC);
            for (int b = mine.Start; b < mine.End; b++)
            {
                float* row = ws.At(y) + ((((long)t * B) + b) * columns);
                lane.Kernels.Activate(Activation.Tanh, row, experts * width);
                for (int n = 0; n < width; n++)
                {
                    float* contexts = to + ((long)n * rowsOfC) + (b * experts);
                    for (int k = 0; k < experts; k++)
                    {
                        contexts[k] = row[(k * width) + n];
                    }
                }
            }
        }
    }

    /// <summary>X6  y becomes dy = dc * (1 - y^2) for the running rows; padding columns become 0. Rows are split over lanes; no barrier.</summary>
    /// <param name="lane">The caller.</param>
    /// <param name="w">The window.</param>
    /// <param name="ws">The workspace.</param>
    /// <param name="dc">Offset of dc.</param>
    /// <param name="y">Offset of y: activated in, the gradient by the product out.</param>
    /// <param name="experts">Experts.</param>
    /// <param name="width">Numbers of a context.</param>
    /// <param name="columns">Floats from one row of y to the next.</param>
    /// <param name="B">Rows from one step of y to the next.</param>
    public static void Backward(Lane lane, Window w, Workspace ws, int dc, int y, int experts, int width, int columns, int B)
    {
        float* gradient = lane.Floats(experts * width);
        Share share = StepRows.Of(lane, w, 0, w.Steps);
        int before = 0, rowsOfC = B * experts;
        for (int t = 0; t < w.Steps; t++)
        {
            int rows = w.RowsAt(t);
            Share mine = StepRows.In(share, before, rows);
            before += rows;
            float* from = ws.At(dc) + ((long)t * width * rowsOfC);
            for (int b = mine.Start; b < mine.End; b++)
            {
                for (int n = 0; n < width; n++)
                {
                    float* contexts = from + ((long)n * rowsOfC) + (b * experts);
                    for (int k = 0; k < experts; k++)
                    {
                        gradient[(k * width) + n] = contexts[k];
                    }
                }

                float* row = ws.At(y) + ((((long)t * B) + b) * columns);
                lane.Kernels.ActivationGradient(Activation.Tanh, gradient, row, experts * width);
                new ReadOnlySpan<float>(gradient, experts * width).CopyTo(new Span<float>(row, columns));
                new Span<float>(row + (experts * width), columns - (experts * width)).Clear();
            }
        }
    }
}
