using System;

namespace SdCompiler;

/// <summary>Cuts one stream of tokens into B parallel streams and walks them in windows of T steps, so that the carried state of a row is that row's own past.</summary>
/// <remarks>
/// Of N tokens each stream gets N / B, in order; the last N mod B are left out, and so is the prediction across two streams.
/// The last window of an epoch is shorter where T does not divide the stream. Source: Zaremba et al. 2014, arXiv:1409.2329.
/// </remarks>
public sealed class BatchLoader
{
    private readonly ReadOnlyMemory<int> _tokens;
    private readonly int[] _inputs;
    private readonly int[] _targets;
    private readonly int _streamLength;

    /// <summary>Windows over a stream.</summary>
    /// <param name="tokens">The text; it is read, not copied.</param>
    /// <param name="rows">B, at least 1.</param>
    /// <param name="timeSteps">T, at least 1.</param>
    /// <exception cref="ArgumentException">A number is below 1, or the text gives a stream fewer than 2 tokens.</exception>
    public BatchLoader(ReadOnlyMemory<int> tokens, int rows, int timeSteps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(timeSteps, 1);
        _streamLength = tokens.Length / rows;
        if (_streamLength < 2)
        {
            throw new ArgumentException($"A text of {tokens.Length} tokens is too short for {rows} streams; it needs at least {2L * rows}.", nameof(tokens));
        }

        _tokens = tokens;
        Rows = rows;
        TimeSteps = timeSteps;
        WindowCount = (_streamLength - 2) / timeSteps + 1;
        _inputs = new int[rows * Math.Min(timeSteps, _streamLength - 1)];
        _targets = new int[_inputs.Length];
    }

    /// <summary>B, the number of streams.</summary>
    public int Rows { get; }

    /// <summary>T, the steps of every window but the last.</summary>
    public int TimeSteps { get; }

    /// <summary>Windows of one epoch.</summary>
    public int WindowCount { get; }

    /// <summary>Predictions of one epoch, over all streams.</summary>
    public long TokenCount => (long)Rows * (_streamLength - 1);

    /// <summary>The window that <see cref="TryNext"/> gives next, from 0 to <see cref="WindowCount"/>: the data position that a checkpoint stores.</summary>
    public int Position { get; private set; }

    /// <summary>Steps of the current window.</summary>
    public int Steps { get; private set; }

    /// <summary>The current window's inputs, [<see cref="Steps"/>, B], time-major; overwritten by the next.</summary>
    public ReadOnlyMemory<int> Inputs => _inputs.AsMemory(0, Steps * Rows);

    /// <summary>The current window's targets, [<see cref="Steps"/>, B]: the token after each input.</summary>
    public ReadOnlyMemory<int> Targets => _targets.AsMemory(0, Steps * Rows);

    /// <summary>Moves to a window, so that a resumed run goes on where the stopped one was.</summary>
    /// <param name="position">From 0 to <see cref="WindowCount"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The epoch has no such window.</exception>
    public void Seek(int position)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(position, WindowCount);
        Position = position;
        Steps = 0;
    }

    /// <summary>Goes to the next window; false at the end of the epoch.</summary>
    public bool TryNext()
    {
        if (Position == WindowCount)
        {
            Steps = 0;
            return false;
        }

        int first = Position * TimeSteps;
        Steps = Math.Min(TimeSteps, _streamLength - 1 - first);
        ReadOnlySpan<int> tokens = _tokens.Span;
        for (int row = 0; row < Rows; row++)
        {
            ReadOnlySpan<int> stream = tokens.Slice((row * _streamLength) + first, Steps + 1);
            for (int t = 0; t < Steps; t++)
            {
                _inputs[(t * Rows) + row] = stream[t];
                _targets[(t * Rows) + row] = stream[t + 1];
            }
        }

        Position++;
        return true;
    }
}
