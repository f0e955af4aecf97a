using System;
using System.Collections.Generic;

namespace SdCompiler;

/// <summary>One stream of tokens, cut into parallel rows and walked in windows of random lengths; each batch says how long it is beside the base length (<see cref="LstmBatch.LengthScale"/>).</summary>
/// <remarks>Rows are those of <see cref="BatchLoader"/>: of N tokens each gets N / B, in order. Epochs have different numbers of windows.</remarks>
public sealed class RandomLengthSource : IBatchSource<TokenBatch>
{
    private readonly ReadOnlyMemory<int> _tokens;
    private readonly int _rows;
    private readonly int _streamLength;
    private readonly int[] _inputs;
    private readonly int[] _targets;
    private readonly TokenBatch _batch = new();
    private readonly List<int> _starts = [];
    private readonly Dictionary<int, int> _counts = [];
    private int _epoch = -1;

    /// <summary>Windows over a stream.</summary>
    /// <param name="tokens">The text; it is read, not copied.</param>
    /// <param name="rows">B, at least 1.</param>
    /// <param name="lengths">How lengths are drawn.</param>
    /// <exception cref="ArgumentException">A setting is out of its range, or the text gives a stream fewer than 2 tokens.</exception>
    public RandomLengthSource(ReadOnlyMemory<int> tokens, int rows, RandomLengths lengths)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentNullException.ThrowIfNull(lengths);
        lengths.Check();
        _streamLength = tokens.Length / rows;
        if (_streamLength < 2)
        {
            throw new ArgumentException($"A text of {tokens.Length} tokens is too short for {rows} streams; it needs at least {2L * rows}.", nameof(tokens));
        }

        _tokens = tokens;
        _rows = rows;
        Lengths = lengths;
        _inputs = new int[rows * Math.Min(lengths.Most, _streamLength - 1)];
        _targets = new int[_inputs.Length];
    }

    /// <summary>How lengths are drawn.</summary>
    public RandomLengths Lengths { get; }

    /// <inheritdoc/>
    public int BatchesPerEpoch => BatchesIn(0);

    /// <inheritdoc/>
    public int BatchesIn(int epoch)
    {
        if (!_counts.TryGetValue(epoch, out int count))
        {
            for (int at = 0; at < _streamLength - 1; count++)
            {
                at += Lengths.Length(epoch, count);
            }

            _counts.Add(epoch, count);
        }

        return count;
    }

    /// <inheritdoc/>
    public TokenBatch Get(int epoch, int index)
    {
        Cut(epoch);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, _starts.Count);
        int first = _starts[index];
        int end = index + 1 < _starts.Count ? _starts[index + 1] : _streamLength - 1;
        int steps = end - first;
        ReadOnlySpan<int> tokens = _tokens.Span;
        for (int row = 0; row < _rows; row++)
        {
            ReadOnlySpan<int> stream = tokens.Slice((row * _streamLength) + first, steps + 1);
            for (int t = 0; t < steps; t++)
            {
                _inputs[(t * _rows) + row] = stream[t];
                _targets[(t * _rows) + row] = stream[t + 1];
            }
        }

        _batch.Rows = _rows;
        _batch.Steps = steps;
        _batch.Inputs = _inputs.AsMemory(0, steps * _rows);
        _batch.Targets = _targets.AsMemory(0, steps * _rows);
        _batch.LengthScale = (double)steps / Lengths.Base;
        return _batch;
    }

    /// <summary>Finds where the windows of an epoch begin.</summary>
    private void Cut(int epoch)
    {
        if (_epoch == epoch)
        {
            return;
        }

        _starts.Clear();
        for (int at = 0; at < _streamLength - 1;)
        {
            int length = Lengths.Length(epoch, _starts.Count);
            _starts.Add(at);
            at += length;
        }

        _epoch = epoch;
    }
}
