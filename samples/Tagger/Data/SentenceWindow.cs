using System;

namespace SdCompiler.Samples.Tagger.Data;

/// <summary>Sentences side by side, as models take them: time-major, one row each. Reused from window to window.</summary>
internal sealed class SentenceWindow
{
    private int[] _words = [];
    private int[] _characters = [];
    private int[] _tags = [];
    private int[] _lengths = [];

    /// <summary>Sentences of the window.</summary>
    public int Rows { get; private set; }

    /// <summary>Words of its longest sentence.</summary>
    public int Steps { get; private set; }

    /// <summary>[steps, rows].</summary>
    public Memory<int> Words => _words.AsMemory(0, Steps * Rows);

    /// <summary>[steps, rows, <see cref="SentenceEncoder.WordCharacters"/>].</summary>
    public Memory<int> Characters => _characters.AsMemory(0, Steps * Rows * SentenceEncoder.WordCharacters);

    /// <summary>[steps, rows].</summary>
    public Memory<int> Tags => _tags.AsMemory(0, Steps * Rows);

    /// <summary>Words of each sentence.</summary>
    public ReadOnlyMemory<int> Lengths => _lengths.AsMemory(0, Rows);

    /// <summary>Begins a window; every row must be put in before it is used.</summary>
    /// <param name="rows">Its sentences.</param>
    /// <param name="steps">Words of its longest.</param>
    public void Begin(int rows, int steps)
    {
        Rows = rows;
        Steps = steps;
        int places = checked(rows * steps);
        if (_words.Length < places)
        {
            _words = new int[places];
            _tags = new int[places];
            _characters = new int[checked(places * SentenceEncoder.WordCharacters)];
        }

        if (_lengths.Length < rows)
        {
            _lengths = new int[rows];
        }
    }

    /// <summary>Puts a sentence into a row. What stands behind its end is left from before: nobody reads it.</summary>
    public void Put(int row, EncodedSentence sentence)
    {
        const int Width = SentenceEncoder.WordCharacters;
        _lengths[row] = sentence.Length;
        for (int t = 0; t < sentence.Length; t++)
        {
            int place = (t * Rows) + row;
            _words[place] = sentence.Words[t];
            sentence.Characters.AsSpan(t * Width, Width).CopyTo(_characters.AsSpan(place * Width));
            if (sentence.Tags.Length > 0)
            {
                _tags[place] = sentence.Tags[t];
            }
        }
    }
}
