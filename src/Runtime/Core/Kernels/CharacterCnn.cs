using System;
using System.ComponentModel;

namespace SdCompiler.Runtime;

/// <summary>
/// What a convolution over the characters of words needs beside the products (S1 to S5): a character's vector meets all taps of all filters in one product, whose rows
/// are the characters of a time step (<see cref="WindowCharacters.Rows"/>), so that dropout's kept units compact it like any other.
/// </summary>
/// <remarks>
/// Buffers: x and dx are <c>[t][unit][C]</c>, q and dq <c>[t][c][N]</c>, with C = <see cref="WindowCharacters.Capacity"/> and N the columns k * filters + f rounded up to 32.
/// For emitted code: offsets and sizes are planned at build time, and what they reach is not checked.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe partial class CharacterCnn
{
    /// <summary>S1  x[t][k][c] = table[character c][k], times the mask of the word's row where the site's mask differs from row to row. Steps are split over lanes; no barrier.</summary>
    /// <param name="lane">The caller.</param>
    /// <param name="w">The window.</param>
    /// <param name="input">The input's number.</param>
    /// <param name="table">The characters' vectors.</param>
    /// <param name="ws">The workspace.</param>
    /// <param name="x">Offset of x.</param>
    /// <param name="B">Rows of a mask from one unit to the next.</param>
    /// <param name="site">The site of a mask that each row has for itself, or -1.</param>
    public static void Gather(Lane lane, Window w, int input, TableParameter table, Workspace ws, int x, int B, int site)
    {
        DeferredMoves.MakeUpAll(lane, w, table);
        WindowCharacters characters = w.Characters(input);
        int C = characters.Capacity;
        Share share = lane.Share(w.Steps);
        for (int t = share.Start; t < share.End; t++)
        {
            ReadOnlySpan<int> tokens = characters.At(t);
            float* to = ws.At(x) + ((long)t * table.Width * C);
            float* mask = Multipliers(w, site, t);
            for (int b = 0; b < w.RowsAt(t); b++)
            {
                int end = characters.Start(t, b + 1);
                for (int c = characters.Start(t, b); c < end; c++)
                {
                    float* from = table.Row(tokens[c]);
                    for (int k = 0; k < table.Width; k++)
                    {
                        to[((long)k * C) + c] = mask == null ? from[k] : from[k] * mask[((long)k * B) + b];
                    }
                }
            }
        }
    }

    /// <summary>S3  y[t][f][b] = bias[f] + the largest sum of the word of row b, and its place, for S4. Steps are split over lanes; no barrier.</summary>
    /// <param name="lane">The caller.</param>
    /// <param name="w">The window.</param>
    /// <param name="input">The input's number.</param>
    /// <param name="filters">The filters, for their taps.</param>
    /// <param name="bias">The filters' bias.</param>
    /// <param name="ws">The workspace.</param>
    /// <param name="q">Offset of q.</param>
    /// <param name="y">Offset of y, [T, filters, B].</param>
    /// <param name="places">Offset of the places, [T, filters, B].</param>
    /// <param name="B">Rows from one unit to the next.</param>
    public static void Pool(Lane lane, Window w, int input, MatrixParameter filters, VectorParameter bias, Workspace ws, int q, int y, int places, int B)
    {
        WindowCharacters characters = w.Characters(input);
        int F = bias.Columns, N = filters.PaddedColumns, C = characters.Capacity;
        float* best = lane.Floats(2 * F), place = best + F;
        Share share = lane.Share(w.Steps);
        for (int t = share.Start; t < share.End; t++)
        {
            float* to = ws.At(y) + ((long)t * F * B), at = ws.At(places) + ((long)t * F * B);
            for (int b = 0; b < w.RowsAt(t); b++)
            {
                float* word = ws.At(q) + ((((long)t * C) + characters.Start(t, b)) * N);
                lane.Kernels.LargestPlace(word, N, characters.Length(t, b), F, filters.Taps, bias.Panel(0), best, place);
                for (int f = 0; f < F; f++)
                {
                    to[((long)f * B) + b] = best[f];
                    at[((long)f * B) + b] = place[f];
                }
            }
        }
    }
}
