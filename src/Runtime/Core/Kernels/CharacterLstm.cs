using System;
using System.ComponentModel;

namespace SdCompiler.Runtime;

/// <summary>
/// What an LSTM over the characters of words needs beside products and chains (S6 to S9): these run over a window whose rows are words and whose steps are characters
/// (<see cref="WindowWords"/>), and are the same ones as over the words of a sentence.
/// </summary>
/// <remarks>
/// Buffers of characters are <c>[p][unit][C]</c> with a place <c>p</c> in the word and C rows, the most words of a window; those of words <c>[t][unit][B]</c>.
/// For emitted code: offsets and sizes are planned at build time, and what they reach is not checked.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class CharacterLstm
{
    /// <summary>S6  x[p][k][r] = table[character p of word r][k], times the mask of the word where the site's mask differs from word to word. Characters are split over lanes; no barrier.</summary>
    /// <param name="lane">The caller.</param>
    /// <param name="w">The window of words.</param>
    /// <param name="input">The input's number.</param>
    /// <param name="table">The characters' vectors.</param>
    /// <param name="ws">The workspace.</param>
    /// <param name="x">Offset of x.</param>
    /// <param name="site">The site of a mask that each word has for itself, or -1.</param>
    public static void Gather(Lane lane, Window w, int input, TableParameter table, Workspace ws, int x, int site)
    {
        DeferredMoves.MakeUpAll(lane, w, table);
        WindowWords words = w.Characters(input).Words;
        int C = words.Shape.BatchSize, width = table.Width, before = 0;
        Share share = StepRows.Of(lane, words.Shape, 0, words.Shape.Steps);
        for (int p = 0; p < words.Shape.Steps; p++)
        {
            int rows = words.Shape.RowsAt(p);
            Share own = StepRows.In(share, before, rows);
            float* to = ws.At(x) + ((long)p * width * C);
            float* mask = Multipliers(w, site, p);
            for (int r = own.Start; r < own.End; r++)
            {
                float* from = table.Row(words.Word(r)[p]);
                int cell = words.Cell(r);
                for (int k = 0; k < width; k++)
                {
                    to[((long)k * C) + r] = mask == null ? from[k] : from[k] * mask[((long)k * C) + cell];
                }
            }

            before += rows;
        }
    }

    /// <summary>S7  y[t][k][b] = the forward direction's h at the last character of the word of step t and row b, y[t][H + k][b] = the backward direction's at the first. Words are split over lanes; no barrier.</summary>
    /// <param name="lane">The caller.</param>
    /// <param name="w">The window of words.</param>
    /// <param name="input">The input's number.</param>
    /// <param name="ws">The workspace.</param>
    /// <param name="forward">Offset of the forward direction's h at the first character.</param>
    /// <param name="reverse">Offset of the backward direction's h at the first character.</param>
    /// <param name="y">Offset of y, [T, 2 * units, B].</param>
    /// <param name="units">Units of each direction, H.</param>
    /// <param name="B">Rows of y from one unit to the next.</param>
    public static void Ends(Lane lane, Window w, int input, Workspace ws, int forward, int reverse, int y, int units, int B)
    {
        WindowWords words = w.Characters(input).Words;
        int C = words.Shape.BatchSize;
        Share own = lane.Share(words.Shape.Rows);
        for (int r = own.Start; r < own.End; r++)
        {
            float* last = ws.At(forward) + ((long)(words.Shape.Length(r) - 1) * units * C) + r;
            float* first = ws.At(reverse) + r;
            float* to = Place(words, r, ws.At(y), 2 * units, B);
            for (int k = 0; k < units; k++)
            {
                to[(long)k * B] = last[(long)k * C];
                to[(long)(units + k) * B] = first[(long)k * C];
            }
        }
    }

    /// <summary>S8  dy goes to where each direction ended; at the other characters of a word dh = 0. Characters are split over lanes; no barrier.</summary>
    /// <param name="lane">The caller.</param>
    /// <param name="w">The window of words.</param>
    /// <param name="input">The input's number.</param>
    /// <param name="ws">The workspace.</param>
    /// <param name="dy">Offset of dy, [T, 2 * units, B].</param>
    /// <param name="forward">Offset of the forward direction's dh, overwritten.</param>
    /// <param name="reverse">Offset of the backward direction's dh, overwritten.</param>
    /// <param name="units">Units of each direction, H.</param>
    /// <param name="B">Rows of dy from one unit to the next.</param>
    public static void EndsGradient(Lane lane, Window w, int input, Workspace ws, int dy, int forward, int reverse, int units, int B)
    {
        WindowWords words = w.Characters(input).Words;
        int C = words.Shape.BatchSize, before = 0;
        Share share = StepRows.Of(lane, words.Shape, 0, words.Shape.Steps);
        for (int p = 0; p < words.Shape.Steps; p++)
        {
            int rows = words.Shape.RowsAt(p), on = words.Shape.RowsAt(p + 1);
            Share own = StepRows.In(share, before, rows);
            for (int k = 0; k < units && own.Count > 0; k++)
            {
                float* last = ws.At(forward) + ((((long)p * units) + k) * C), first = ws.At(reverse) + ((((long)p * units) + k) * C);
                new Span<float>(last + own.Start, own.Count).Clear();
                new Span<float>(first + own.Start, own.Count).Clear();
                // Rows are ordered by length, so those that end here are the last of the running ones.
                for (int r = Math.Max(own.Start, on); r < own.End; r++)
                {
                    last[r] = Place(words, r, ws.At(dy), 2 * units, B)[(long)k * B];
                }

                for (int r = own.Start; r < own.End && p == 0; r++)
                {
                    first[r] = Place(words, r, ws.At(dy), 2 * units, B)[(long)(units + k) * B];
                }
            }

            before += rows;
        }
    }

    /// <summary>S9  dtable[character p of word r] += dx[p][r], masked as in <see cref="Gather"/>. Columns are split over lanes. One barrier inside, after lane 0 has listed the characters.</summary>
    /// <param name="lane">The caller.</param>
    /// <param name="w">The window of words.</param>
    /// <param name="input">The input's number.</param>
    /// <param name="gradient">Receives the gradient, norms included.</param>
    /// <param name="ws">The workspace.</param>
    /// <param name="dx">Offset of dx.</param>
    /// <param name="site">As in <see cref="Gather"/>.</param>
    /// <remarks>The places of a character are added in the order of places in the word, then of rows, which is the order of lengths, steps and rows of the batch.</remarks>
    public static void Scatter(Lane lane, Window w, int input, TableGradient gradient, Workspace ws, int dx, int site)
    {
        WindowWords words = w.Characters(input).Words;
        int C = words.Shape.BatchSize, width = gradient.Table.Width;
        if (lane.Index == 0)
        {
            gradient.Begin();
            for (int r = 0; r < words.Shape.Rows; r++)
            {
                ReadOnlySpan<int> word = words.Word(r);
                for (int p = 0; p < word.Length; p++)
                {
                    gradient.Add((p * C) + r, word[p]);
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

            for (int p = 0; p < words.Shape.Steps; p++)
            {
                Add(words, gradient, ws.At(dx) + ((long)p * width * C), Multipliers(w, site, p), p, start, end);
            }

            double norm = 0;
            for (int slot = 0; slot < gradient.Count; slot++)
            {
                norm += lane.Kernels.SumOfSquares(gradient.Row(slot) + start, end - start);
            }

            gradient.Norms[block] = norm;
        }
    }

    private static void Add(WindowWords words, TableGradient gradient, float* dx, float* mask, int p, int start, int end)
    {
        int C = words.Shape.BatchSize;
        for (int r = 0; r < words.Shape.RowsAt(p); r++)
        {
            float* to = gradient.Row(gradient.Slot((p * C) + r));
            int cell = words.Cell(r);
            for (int k = start; k < end; k++)
            {
                to[k] = MathF.FusedMultiplyAdd(dx[((long)k * C) + r], mask == null ? 1 : mask[((long)k * C) + cell], to[k]);
            }
        }
    }

    /// <summary>The first unit of a row's word in a buffer [t][unit][B].</summary>
    private static float* Place(WindowWords words, int row, float* values, int units, int B)
    {
        // A cell is t * B + b here too: words and their places are of one window.
        int t = words.Cell(row) / B, b = words.Cell(row) % B;
        return values + ((long)t * units * B) + b;
    }

    /// <summary>The multipliers of the characters at a place, [unit][C], a column for each cell; null where nothing is multiplied.</summary>
    private static float* Multipliers(Window w, int site, int p) => w.Training && site >= 0 ? w.Masks.Multipliers(site, p) : null;
}
