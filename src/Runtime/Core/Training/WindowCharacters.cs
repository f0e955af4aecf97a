using System;

namespace SdCompiler.Runtime;

/// <summary>
/// The characters of a window's words, side by side: at each time step those of the first running row, then those of the next. Products see them as rows of a
/// window of their own (<see cref="Rows"/>), so only characters that are there cost anything.
/// </summary>
public sealed class WindowCharacters
{
    private readonly int[] _characters;
    private readonly int[] _starts;
    private readonly int[] _counts;
    private readonly int _startStride;

    private readonly WindowWords? _words;

    internal WindowCharacters(Window window, int maximumLength, bool ordersWords)
    {
        Capacity = checked(window.BatchSize * maximumLength);
        MaximumLength = maximumLength;
        _characters = new int[checked(window.TimeSteps * Capacity)];
        _startStride = window.BatchSize + 1;
        _starts = new int[checked(window.TimeSteps * _startStride)];
        _counts = new int[window.TimeSteps];
        Rows = new Window(window, Capacity, _counts);
        _words = ordersWords ? new WindowWords(window, this) : null;
    }

    /// <summary>The most characters of a word.</summary>
    public int MaximumLength { get; }

    /// <summary>The most characters of a time step: the stride of every array.</summary>
    public int Capacity { get; }

    /// <summary>A window with the same steps and masks whose running rows are characters.</summary>
    public Window Rows { get; }

    /// <summary>The words as rows whose steps are characters.</summary>
    /// <exception cref="InvalidOperationException">The input does not order its words.</exception>
    public WindowWords Words => _words ?? throw new InvalidOperationException("The input does not order its words by their lengths.");

    /// <summary>The characters of a time step.</summary>
    /// <param name="t">The time step.</param>
    public ReadOnlySpan<int> At(int t) => _characters.AsSpan(t * Capacity, Rows.RowsAt(t));

    /// <summary>The place of a word's first character among those of its time step; that of the row after the last ends the last word.</summary>
    /// <param name="t">The time step.</param>
    /// <param name="row">The row.</param>
    public int Start(int t, int row) => _starts[(t * _startStride) + row];

    /// <summary>How many characters a word has.</summary>
    /// <param name="t">The time step.</param>
    /// <param name="row">The row.</param>
    public int Length(int t, int row) => Start(t, row + 1) - Start(t, row);

    /// <summary>Ends a window: all its words are here.</summary>
    internal void End() => _words?.Order();

    /// <summary>Begins a time step; words follow in the order of rows.</summary>
    internal void Begin(int t)
    {
        _counts[t] = 0;
        _starts[t * _startStride] = 0;
    }

    /// <summary>Adds the word of the next row.</summary>
    internal void Add(int t, int row, ReadOnlySpan<int> word)
    {
        word.CopyTo(_characters.AsSpan((t * Capacity) + _counts[t], word.Length));
        _counts[t] += word.Length;
        _starts[(t * _startStride) + row + 1] = _counts[t];
    }
}
