using System;

namespace SdCompiler.Runtime;

/// <content>Gradients.</content>
public static unsafe partial class CharacterCnn
{
    /// <summary>S4  dq[t][place + k - (taps - 1) / 2][k * filters + f] = dy[t][f][b] inside the word of row b, all else 0. Steps are split over lanes; no barrier.</summary>
    /// <param name="lane">The caller.</param>
    /// <param name="w">The window.</param>
    /// <param name="input">The input's number.</param>
    /// <param name="filters">The filters, for their taps.</param>
    /// <param name="bias">The filters' bias, for their number.</param>
    /// <param name="ws">The workspace.</param>
    /// <param name="dy">Offset of dy, [T, filters, B].</param>
    /// <param name="places">Offset of the places, [T, filters, B].</param>
    /// <param name="dq">Offset of dq; may be that of q.</param>
    /// <param name="B">Rows from one unit to the next.</param>
    public static void PoolGradient(Lane lane, Window w, int input, MatrixParameter filters, VectorParameter bias, Workspace ws, int dy, int places, int dq, int B)
    {
        WindowCharacters characters = w.Characters(input);
        int F = bias.Columns, N = filters.PaddedColumns, C = characters.Capacity, taps = filters.Taps, before = (taps - 1) / 2;
        Share share = lane.Share(w.Steps);
        for (int t = share.Start; t < share.End; t++)
        {
            float* from = ws.At(dy) + ((long)t * F * B), place = ws.At(places) + ((long)t * F * B);
            for (int b = 0; b < w.RowsAt(t); b++)
            {
                int length = characters.Length(t, b);
                float* word = ws.At(dq) + ((((long)t * C) + characters.Start(t, b)) * N);
                new Span<float>(word, length * N).Clear();
                for (int f = 0; f < F; f++)
                {
                    int p = (int)place[((long)f * B) + b], end = Math.Min(taps, length - p + before);
                    for (int k = Math.Max(0, before - p); k < end; k++)
                    {
                        word[((long)(p + k - before) * N) + ((long)k * F) + f] = from[((long)f * B) + b];
                    }
                }
            }
        }
    }

    /// <summary>S4  dbias[f] = sum over steps and running rows of dy[t][f][b], in ascending order; norms included. Panels of 32 filters are split over lanes; no barrier.</summary>
    /// <param name="lane">The caller.</param>
    /// <param name="w">The window.</param>
    /// <param name="dBias">Receives the gradient.</param>
    /// <param name="ws">The workspace.</param>
    /// <param name="dy">Offset of dy, [T, filters, B].</param>
    /// <param name="B">Rows from one unit to the next.</param>
    public static void BiasGradient(Lane lane, Window w, VectorGradient dBias, Workspace ws, int dy, int B)
    {
        int F = dBias.Vector.Columns;
        Share panels = lane.Share(dBias.Parts);
        for (int panel = panels.Start; panel < panels.End; panel++)
        {
            int first = panel * KernelSet.PanelColumns;
            for (int f = first; f < Math.Min(F, first + KernelSet.PanelColumns); f++)
            {
                float sum = 0;
                for (int t = 0; t < w.Steps; t++)
                {
                    float* from = ws.At(dy) + ((((long)t * F) + f) * B);
                    for (int b = 0; b < w.RowsAt(t); b++)
                    {
                        sum += from[b];
                    }
                }

                dBias.Panel(panel)[f - first] = sum;
            }

            dBias.Norms[panel] = lane.Kernels.SumOfSquares(dBias.Panel(panel), KernelSet.PanelColumns);
        }
    }

    /// <summary>S5  dtable[character c] += dx[t][c], masked as in <see cref="Gather"/>. Columns are split over lanes. One barrier inside, after lane 0 has listed the characters.</summary>
    /// <param name="lane">The caller.</param>
    /// <param name="w">The window.</param>
    /// <param name="input">The input's number.</param>
    /// <param name="gradient">Receives the gradient, norms included.</param>
    /// <param name="ws">The workspace.</param>
    /// <param name="dx">Offset of dx.</param>
    /// <param name="B">As in <see cref="Gather"/>.</param>
    /// <param name="site">As in <see cref="Gather"/>.</param>
    /// <remarks>The places of a character are added in the order of time steps, then rows, then places of the word.</remarks>
    public static void Scatter(Lane lane, Window w, int input, TableGradient gradient, Workspace ws, int dx, int B, int site)
    {
        WindowCharacters characters = w.Characters(input);
        int C = characters.Capacity, width = gradient.Table.Width;
        if (lane.Index == 0)
        {
            gradient.Begin();
            for (int t = 0; t < w.Steps; t++)
            {
                ReadOnlySpan<int> tokens = characters.At(t);
                for (int c = 0; c < tokens.Length; c++)
                {
                    gradient.Add((t * C) + c, tokens[c]);
                }
            }
        }

        lane.Barrier();
        Share blocks = lane.Share(gradient.Parts);
        for (int block = blocks.Start; block < blocks.End; block++)
        {
            int start = block * TableGradient.BlockWidth, end = Math.Min(width, start + TableGradient.BlockWidth);
            for (int slot = 0; slot < gradient.Count; slot++)
            {
                new Span<float>(gradient.Row(slot) + start, end - start).Clear();
            }

            for (int t = 0; t < w.Steps; t++)
            {
                Add(w, characters, gradient, ws.At(dx) + ((long)t * width * C), Multipliers(w, site, t), t, B, start, end);
            }

            double norm = 0;
            for (int slot = 0; slot < gradient.Count; slot++)
            {
                norm += lane.Kernels.SumOfSquares(gradient.Row(slot) + start, end - start);
            }

            gradient.Norms[block] = norm;
        }
    }

    private static void Add(Window w, WindowCharacters characters, TableGradient gradient, float* dx, float* mask, int t, int B, int start, int end)
    {
        int C = characters.Capacity;
        for (int b = 0; b < w.RowsAt(t); b++)
        {
            int after = characters.Start(t, b + 1);
            for (int c = characters.Start(t, b); c < after; c++)
            {
                float* to = gradient.Row(gradient.Slot((t * C) + c));
                for (int k = start; k < end; k++)
                {
                    to[k] = MathF.FusedMultiplyAdd(dx[((long)k * C) + c], mask == null ? 1 : mask[((long)k * B) + b], to[k]);
                }
            }
        }
    }

    /// <summary>The multipliers of a step, [unit][B], or null where nothing is multiplied.</summary>
    private static float* Multipliers(Window w, int site, int t) => w.Training && site >= 0 ? w.Masks.Multipliers(site, t) : null;
}
