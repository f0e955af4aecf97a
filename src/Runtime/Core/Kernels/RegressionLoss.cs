using System;
using System.ComponentModel;

namespace SdCompiler.Runtime;

/// <summary>Squared error: loss = mean over the outputs of (y - target)^2.</summary>
/// <remarks>For emitted code: offsets and sizes are planned at build time, and what they reach is not checked.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RegressionLoss
{
    /// <summary>
    /// Writes the losses of the window; while training also turns predictions into the gradient of the loss by them, 2 (y - target) / (outputs * rows), in place.
    /// Otherwise predictions stay. Rows are split over lanes; no barrier.
    /// </summary>
    /// <param name="lane">The caller.</param>
    /// <param name="w">The window: running rows, targets, losses.</param>
    /// <param name="ws">The workspace.</param>
    /// <param name="y">Offset of the predictions of step <paramref name="first"/>, [steps, B, columns].</param>
    /// <param name="outputs">Numbers predicted; columns beyond them are padding, whose gradient is set to 0.</param>
    /// <param name="columns">Floats from one row to the next.</param>
    /// <param name="B">Rows from one step to the next.</param>
    /// <param name="first">The first time step.</param>
    /// <param name="count">How many time steps.</param>
    public static unsafe void Rows(Lane lane, Window w, Workspace ws, int y, int outputs, int columns, int B, int first, int count)
    {
        if (w.Target.Width == 0)
        {
            return; // a predictor: there is nothing to compare with
        }

        Share share = StepRows.Of(lane, w, first, count);
        float slope = (float)(2.0 / ((double)outputs * w.Rows));
        int before = 0;
        for (int t = first; t < first + count; t++)
        {
            int rows = w.RowsAt(t);
            Share mine = StepRows.In(share, before, rows);
            before += rows;
            for (int b = mine.Start; b < mine.End; b++)
            {
                float* row = ws.At(y) + (((long)(t - first) * B) + b) * columns;
                ReadOnlySpan<float> target = w.TargetSeries.Slice(((t * B) + b) * outputs, outputs);
                double sum = 0;
                for (int j = 0; j < target.Length; j++)
                {
                    float error = row[j] - target[j];
                    sum += (double)error * error;
                    row[j] = w.Training ? slope * error : row[j];
                }

                w.Losses[(t * B) + b] = sum / outputs;
                if (w.Training)
                {
                    new Span<float>(row + outputs, columns - outputs).Clear();
                }
            }
        }
    }
}
