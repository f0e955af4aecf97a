using System;

namespace SdCompiler.Runtime;

/// <summary>
/// The words of a window as rows of a window of their own (<see cref="Shape"/>), whose time is the character. The longest words come first, so that at each character
/// the words that still have one are the first rows, as a chain of steps wants them: a word that has ended costs nothing.
/// </summary>
public sealed class WindowWords
{
    private readonly Window _window;
    private readonly WindowCharacters _characters;
    private readonly int[] _cells;   // of each row
    private readonly int[] _lengths; // of each row
    private readonly int[] _next;    // by length: the row of the next word of that length

    internal WindowWords(Window window, WindowCharacters characters)
    {
        _window = window;
        _characters = characters;
        int most = checked(window.TimeSteps * window.BatchSize);
        Shape = new Window(window, characters.MaximumLength, most);
        _cells = new int[most];
        _lengths = new int[most];
        _next = new int[characters.MaximumLength + 1];
    }

    /// <summary>A window whose rows are words and whose steps are characters; masks and <see cref="Window.Training"/> are those of the window of words.</summary>
    public Window Shape { get; }

    /// <summary>The place of a row's word in the window: its time step times <see cref="Window.BatchSize"/>, plus its row.</summary>
    /// <param name="row">The row of <see cref="Shape"/>.</param>
    public int Cell(int row) => _cells[row];

    /// <summary>The characters of a row's word.</summary>
    /// <param name="row">The row of <see cref="Shape"/>.</param>
    public ReadOnlySpan<int> Word(int row)
    {
        int t = _cells[row] / _window.BatchSize, b = _cells[row] % _window.BatchSize;
        return _characters.At(t).Slice(_characters.Start(t, b), _lengths[row]);
    }

    /// <summary>Gives each word of the window its row. Words of one length keep the order of time steps, then rows (counting sort), so rows depend on lengths alone.</summary>
    internal void Order()
    {
        Array.Clear(_next);
        int words = 0;
        for (int t = 0; t < _window.Steps; t++)
        {
            for (int b = 0; b < _window.RowsAt(t); b++, words++)
            {
                _next[_characters.Length(t, b)]++;
            }
        }

        for (int length = _next.Length - 1, first = 0; length > 0; length--)
        {
            (_next[length], first) = (first, first + _next[length]);
        }

        for (int t = 0; t < _window.Steps; t++)
        {
            for (int b = 0; b < _window.RowsAt(t); b++)
            {
                int length = _characters.Length(t, b), row = _next[length]++;
                _cells[row] = (t * _window.BatchSize) + b;
                _lengths[row] = length;
            }
        }

        Shape.SetShape(_lengths.AsSpan(0, words));
    }
}
