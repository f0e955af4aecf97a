using System;

namespace SdCompiler.Runtime;

/// <summary>The rows of a batch in the order in which windows take them: longest first, rows of equal length as the caller gave them.</summary>
internal sealed class BatchLayout
{
    private long[] _keys = [];
    private int[] _order = [];
    private int[] _lengths = [];

    /// <summary>Rows of the batch: the stride of its arrays.</summary>
    public int Rows { get; private set; }

    /// <summary>Rows that are ordered: all of the batch, or those of one group.</summary>
    public int Count { get; private set; }

    /// <summary>Time steps of the batch: the stride of its arrays, not less than any length.</summary>
    public int Steps { get; private set; }

    /// <summary>The caller's row at each position.</summary>
    public ReadOnlySpan<int> Order => _order.AsSpan(0, Count);

    /// <summary>The length of the row at each position, in descending order.</summary>
    public ReadOnlySpan<int> Lengths => _lengths.AsSpan(0, Count);

    /// <summary>Orders the rows. Allocates only when a batch has more rows than any before.</summary>
    /// <param name="rows">Rows, at least 1.</param>
    /// <param name="steps">Steps, at least 1.</param>
    /// <param name="lengths">Steps of each row, or empty when all have <paramref name="steps"/>.</param>
    /// <param name="name">Which of the batch's lengths they are, for messages; null where it has only one kind.</param>
    /// <exception cref="ArgumentException">There is not one length for each row, or one is not in 1 to <paramref name="steps"/>.</exception>
    public void Set(int rows, int steps, ReadOnlySpan<int> lengths, string? name = null)
    {
        if (rows < 1 || steps < 1)
        {
            throw new ArgumentException($"The batch has {rows} rows of {steps} steps{Named(name)}; it needs at least one of each.");
        }

        if (!lengths.IsEmpty && lengths.Length != rows)
        {
            throw new ArgumentException($"The batch has {rows} rows but {lengths.Length} lengths{Named(name)}; give one length for each row, or none.");
        }

        if (_order.Length < rows)
        {
            _keys = new long[rows];
            _order = new int[rows];
            _lengths = new int[rows];
        }

        for (int row = 0; row < rows; row++)
        {
            int length = lengths.IsEmpty ? steps : lengths[row];
            if (length < 1 || length > steps)
            {
                throw new ArgumentException($"Row {row} has length {length}{Named(name)}; lengths go from 1 to the batch's {steps} steps. Leave out rows without steps.");
            }

            // One number orders by length, longest first, and then by row, so that the sort needs no comparer and is stable.
            _keys[row] = ((long)(int.MaxValue - length) << 32) | (uint)row;
        }

        Rows = rows;
        Count = rows;
        Steps = steps;
        Span<long> keys = _keys.AsSpan(0, rows);
        if (!lengths.IsEmpty)
        {
            keys.Sort();
        }

        for (int position = 0; position < rows; position++)
        {
            _order[position] = (int)(uint)keys[position];
            _lengths[position] = int.MaxValue - (int)(keys[position] >> 32);
        }
    }

    /// <summary>Orders some rows of a batch whose lengths <see cref="Set"/> has checked, and says where each of them went. Allocates nothing.</summary>
    /// <param name="lengths">Steps of each row of the batch, or empty when all have as many as the batch.</param>
    /// <param name="rows">The rows to order.</param>
    /// <param name="positions">Receives the position of each of them.</param>
    public void SetGroup(ReadOnlySpan<int> lengths, ReadOnlySpan<int> rows, Span<int> positions)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            int length = lengths.IsEmpty ? Steps : lengths[rows[i]];
            _keys[i] = ((long)(int.MaxValue - length) << 32) | (uint)i;
        }

        Count = rows.Length;
        _keys.AsSpan(0, Count).Sort();
        for (int position = 0; position < Count; position++)
        {
            int i = (int)(uint)_keys[position];
            positions[i] = position;
            _order[position] = rows[i];
            _lengths[position] = int.MaxValue - (int)(_keys[position] >> 32);
        }
    }

    private static string Named(string? name) => name is null ? "" : $" ({name})";
}
