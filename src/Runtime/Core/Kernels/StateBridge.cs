using System;
using System.ComponentModel;

namespace SdCompiler.Runtime;

/// <summary>Where a decoder's layer starts: at the state of an encoder's layer after each sentence's own last step.</summary>
/// <remarks>For emitted code: offsets and sizes are planned at build time, and what they reach is not checked.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class StateBridge
{
    /// <summary>T1: the decoder's h[-1] and c[-1] of each row = the encoder's h and c after the last step of its source. Rows are split over lanes; no barrier.</summary>
    /// <param name="lane">The caller.</param>
    /// <param name="w">The decoder's window.</param>
    /// <param name="ws">The workspace.</param>
    /// <param name="hFrom">Offset of the encoder's h after step 0, [T, units, B].</param>
    /// <param name="cFrom">Offset of the encoder's c after step 0, [T, B, padded].</param>
    /// <param name="hTo">Offset of the decoder's h before step 0, [units, B].</param>
    /// <param name="cTo">Offset of the decoder's c before step 0, [B, padded].</param>
    /// <param name="units">Units of both layers.</param>
    /// <param name="padded">Floats from one row of c to the next.</param>
    /// <param name="B">The batch stride.</param>
    public static void Forward(Lane lane, Window w, Workspace ws, int hFrom, int cFrom, int hTo, int cTo, int units, int padded, int B)
    {
        Share rows = lane.Share(w.Rows);
        for (int b = rows.Start; b < rows.End; b++)
        {
            int source = w.SourceRow(b);
            long last = w.Source.Length(source) - 1;
            float* h = ws.At(hFrom) + (last * units * B) + source;
            float* to = ws.At(hTo) + b;
            for (int k = 0; k < units; k++)
            {
                to[(long)k * B] = h[(long)k * B];
            }

            float* c = ws.At(cFrom) + (((last * B) + source) * padded);
            new ReadOnlySpan<float>(c, padded).CopyTo(new Span<float>(ws.At(cTo) + ((long)b * padded), padded));
        }
    }

    /// <summary>
    /// T10: the gradient of the decoder's first state goes to the encoder's last: dh of each sentence's last step (+)= dh[-1], and dc begins with dc[-1].
    /// Rows are split over lanes; no barrier.
    /// </summary>
    /// <param name="lane">The caller.</param>
    /// <param name="w">The decoder's window.</param>
    /// <param name="ws">The workspace.</param>
    /// <param name="dhFrom">Offset of the gradient of the decoder's h before step 0, [units, B].</param>
    /// <param name="dcFrom">Offset of the gradient of the decoder's c before step 0, [B, padded].</param>
    /// <param name="dhTo">Offset of the gradient of the encoder's h, [T, units, B].</param>
    /// <param name="dhRecurrent">Offset of what the encoder's steps give to those before, [units, B]: set to 0.</param>
    /// <param name="dcTo">Offset of the gradient of the encoder's c, [B, padded].</param>
    /// <param name="units">Units of both layers.</param>
    /// <param name="padded">Floats from one row of c to the next.</param>
    /// <param name="B">The batch stride.</param>
    /// <param name="accumulate">True where other readers have already written dhTo; otherwise it becomes 0 at the other steps of each sentence.</param>
    public static void Backward(Lane lane, Window w, Workspace ws, int dhFrom, int dcFrom, int dhTo, int dhRecurrent, int dcTo, int units, int padded, int B, bool accumulate)
    {
        Share zeros = lane.Share(units);
        new Span<float>(ws.At(dhRecurrent) + ((long)zeros.Start * B), zeros.Count * B).Clear();
        Share rows = lane.Share(w.Rows);
        for (int b = rows.Start; b < rows.End; b++)
        {
            int source = w.SourceRow(b), steps = w.Source.Length(source);
            float* to = ws.At(dhTo) + source;
            for (long i = 0; i < (long)steps * units && !accumulate; i++)
            {
                to[i * B] = 0;
            }

            float* dh = ws.At(dhFrom) + b;
            to += (steps - 1L) * units * B;
            for (int k = 0; k < units; k++)
            {
                to[(long)k * B] += dh[(long)k * B];
            }

            float* dc = ws.At(dcFrom) + ((long)b * padded);
            new ReadOnlySpan<float>(dc, padded).CopyTo(new Span<float>(ws.At(dcTo) + ((long)source * padded), padded));
        }
    }
}
