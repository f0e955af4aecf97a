using System;

namespace SdCompiler.Runtime;

/// <summary>Copies carried state between an <see cref="LstmState"/> (rows as the caller numbers them) and a body's workspace (rows by length).</summary>
internal static class StateTransfer
{
    /// <summary>Puts the state of each row of the window into slot 0, or zeros where there is none. Each lane copies its share of the rows.</summary>
    /// <param name="lane">The caller.</param>
    /// <param name="ws">The body's workspace.</param>
    /// <param name="slots">The body's slots.</param>
    /// <param name="window">The window; only its rows are copied.</param>
    /// <param name="state">The state to read, or null for zeros.</param>
    /// <param name="order">The caller's row of each row of the window.</param>
    public static void Load(Lane lane, Workspace ws, ReadOnlySpan<StateSlot> slots, Window window, LstmState? state, ReadOnlySpan<int> order)
    {
        int stride = window.BatchSize;
        Share rows = lane.Share(window.Rows);
        for (int i = 0; i < slots.Length; i++)
        {
            StateSlot slot = slots[i];
            Span<float> hidden = ws.Span(slot.H, slot.HStep);
            Span<float> cell = ws.Span(slot.C, slot.CStep);
            int padded = slot.CStep / stride;
            for (int b = rows.Start; b < rows.End; b++)
            {
                Span<float> cells = cell.Slice(b * padded, padded);
                cells.Clear();
                if (state is null)
                {
                    for (int k = 0; k < slot.Units; k++)
                    {
                        hidden[(k * stride) + b] = 0;
                    }

                    continue;
                }

                state.Cell(i, order[b]).CopyTo(cells);
                ReadOnlySpan<float> from = state.Hidden(i, order[b]);
                for (int k = 0; k < from.Length; k++)
                {
                    hidden[(k * stride) + b] = from[k];
                }
            }
        }
    }

    /// <summary>Takes the state after each row's own last step. Each lane copies its share of the rows.</summary>
    /// <param name="lane">The caller.</param>
    /// <param name="ws">The body's workspace.</param>
    /// <param name="slots">The body's slots.</param>
    /// <param name="window">The window; only its rows are copied.</param>
    /// <param name="state">The state to write.</param>
    /// <param name="order">The caller's row of each row of the window.</param>
    public static void Store(Lane lane, Workspace ws, ReadOnlySpan<StateSlot> slots, Window window, LstmState state, ReadOnlySpan<int> order)
    {
        int stride = window.BatchSize;
        Share rows = lane.Share(window.Rows);
        for (int i = 0; i < slots.Length; i++)
        {
            StateSlot slot = slots[i];
            int padded = slot.CStep / stride;
            for (int b = rows.Start; b < rows.End; b++)
            {
                int last = window.Length(b);
                ws.Span(slot.C + (last * slot.CStep) + (b * padded), slot.Units).CopyTo(state.Cell(i, order[b]));
                ReadOnlySpan<float> hidden = ws.Span(slot.H + (last * slot.HStep), slot.HStep);
                Span<float> to = state.Hidden(i, order[b]);
                for (int k = 0; k < to.Length; k++)
                {
                    to[k] = hidden[(k * stride) + b];
                }
            }
        }
    }
}
