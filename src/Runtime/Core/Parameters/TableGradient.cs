using System;

namespace SdCompiler.Runtime;

/// <summary>
/// The gradient of a <see cref="TableParameter"/> for one window: one row for each distinct token, in the order of first occurrence; every other row is zero.
/// </summary>
/// <remarks>A part (<see cref="ParameterGradient.Norms"/>) is a block of 16 columns over all those rows, because scattering is split by columns.</remarks>
public sealed class TableGradient : ParameterGradient
{
    /// <summary>Columns of one part.</summary>
    internal const int BlockWidth = 16;

    private readonly int[] tokens;
    private readonly int[] slots;
    private readonly int[] slotOfToken;
    private readonly long[] seenAt;
    private long generation;

    /// <summary>An empty gradient.</summary>
    /// <param name="parameter">The table.</param>
    /// <param name="maxTokensPerWindow">The most tokens of one window: time steps times batch size.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one token.</exception>
    public TableGradient(TableParameter parameter, int maxTokensPerWindow)
        : base(parameter, (long)Math.Min(Positive(maxTokensPerWindow), parameter.Tokens) * parameter.Width, (parameter.Width + BlockWidth - 1) / BlockWidth)
    {
        Table = parameter;
        tokens = new int[Math.Min(maxTokensPerWindow, parameter.Tokens)];
        slots = new int[maxTokensPerWindow];
        slotOfToken = new int[parameter.Tokens];
        seenAt = new long[parameter.Tokens];
    }

    /// <summary>The table this is the gradient of.</summary>
    public TableParameter Table { get; }

    /// <summary>How many distinct tokens the window has.</summary>
    public int Count { get; private set; }

    /// <summary>The distinct tokens; row s of the gradient belongs to token s of this list.</summary>
    public ReadOnlySpan<int> Tokens => tokens.AsSpan(0, Count);

    /// <summary>The gradient of the vector of distinct token <paramref name="slot"/>.</summary>
    internal unsafe float* Row(int slot) => Storage.Pointer + ((long)slot * Table.Width);

    /// <summary>Forgets the last window. One lane alone calls it, before <see cref="Add"/>.</summary>
    internal void Begin()
    {
        Count = 0;
        generation++;
    }

    /// <summary>Notes that a token stands at a position of the window; returns its slot.</summary>
    internal int Add(int position, int token)
    {
        if (seenAt[token] != generation)
        {
            seenAt[token] = generation;
            slotOfToken[token] = Count;
            tokens[Count++] = token;
        }

        int slot = slotOfToken[token];
        slots[position] = slot;
        return slot;
    }

    /// <summary>Notes that the token of a position contributes nothing.</summary>
    internal void Skip(int position) => slots[position] = -1;

    /// <summary>The slot of a position's token, or -1.</summary>
    internal int Slot(int position) => slots[position];

    /// <summary>The slot of a token, or -1 where the window does not have it.</summary>
    internal int FindSlot(int token) => generation > 0 && seenAt[token] == generation ? slotOfToken[token] : -1;

    private protected override unsafe void Write(Span<float> torch)
    {
        torch.Clear();
        for (int slot = 0; slot < Count; slot++)
        {
            new ReadOnlySpan<float>(Row(slot), Table.Width).CopyTo(torch.Slice(tokens[slot] * Table.Width, Table.Width));
        }
    }

    private static int Positive(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return count;
    }
}
