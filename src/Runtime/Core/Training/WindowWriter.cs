using System;

namespace SdCompiler.Runtime;

/// <summary>Copies one window of a batch (its rows ordered by length, its steps cut out) into a <see cref="Window"/>, and checks every value that it copies, or those of the whole batch before.</summary>
public sealed class WindowWriter
{
    private readonly Window _window;
    private readonly BatchLayout _layout;
    private int _firstPosition;
    private int _firstStep;
    private bool _checksOnly;
    private readonly WindowWriter? _source;

    internal WindowWriter(Window window, BatchLayout layout)
    {
        _window = window;
        _layout = layout;
    }

    /// <summary>A writer for a model with two sides.</summary>
    internal WindowWriter(Window window, BatchLayout layout, BatchLayout sourceLayout)
        : this(window, layout) => _source = new WindowWriter(window.Source, sourceLayout);

    /// <summary>Copies what is translated, in a model that has an encoder and a decoder.</summary>
    /// <exception cref="InvalidOperationException">The model has one side only.</exception>
    public WindowWriter Source => _source ?? throw new InvalidOperationException("The model has one side only.");

    /// <summary>The caller's rows, in the window's order.</summary>
    internal ReadOnlySpan<int> Order => _layout.Order.Slice(_firstPosition, _window.Rows);

    /// <summary>False in a predictor, which has no targets: then the target methods do nothing.</summary>
    internal bool HasTargets => _window.Target.IsTokens || _window.Target.Width > 0;

    /// <summary>Chooses the window to copy next. Its shape is already set.</summary>
    internal void Begin(int firstPosition, int firstStep)
    {
        _firstPosition = firstPosition;
        _firstStep = firstStep;
        _checksOnly = false;
        _source?.Begin(0, 0);
    }

    /// <summary>
    /// Lets the next calls check every value of the whole batch and copy none, until <see cref="Begin"/>. What takes a batch window by window
    /// changes states on the way, and a mistake in the last window must be found before the first.
    /// </summary>
    internal void BeginCheck()
    {
        _checksOnly = true;
        _source?.BeginCheck();
    }

    /// <summary>Copies tokens.</summary>
    /// <param name="input">The input's number.</param>
    /// <param name="name">What the caller calls it, for messages.</param>
    /// <param name="values">[steps, rows] of the whole batch, time-major.</param>
    /// <exception cref="ArgumentException">There are not steps * rows values, or one is outside the vocabulary.</exception>
    public void Tokens(int input, string name, ReadOnlySpan<int> values)
    {
        CheckLength(name, values.Length, 1);
        int vocabulary = _window.Inputs[input].Vocabulary;
        CopyTokens(name, values, _window.Tokens(input), vocabulary, ignored: null, "tokens of the vocabulary");
    }

    /// <summary>Copies the characters of words.</summary>
    /// <param name="input">The input's number.</param>
    /// <param name="name">What the caller calls it, for messages.</param>
    /// <param name="values">[steps, rows, most characters of a word] of the whole batch; -1 behind a word's last character.</param>
    /// <exception cref="ArgumentException">The number of values is wrong, one is no character, or a word has none.</exception>
    public void Characters(int input, string name, ReadOnlySpan<int> values)
    {
        WindowInput takes = _window.Inputs[input];
        int width = takes.MaximumLength;
        CheckLength(name, values.Length, width, "characters");
        WindowCharacters? to = _checksOnly ? null : _window.Characters(input);
        ReadOnlySpan<int> order = _checksOnly ? _layout.Order : Order;
        int first = _checksOnly ? 0 : _firstStep, steps = _checksOnly ? _layout.Lengths[0] : _window.Steps, running = order.Length;
        for (int t = 0; t < steps; t++)
        {
            to?.Begin(t);
            while (_checksOnly ? _layout.Lengths[running - 1] <= t : running > _window.RowsAt(t))
            {
                running--;
            }

            for (int b = 0; b < running; b++)
            {
                int step = first + t;
                ReadOnlySpan<int> word = values.Slice(((step * _layout.Rows) + order[b]) * width, width);
                int length = CheckWord(name, word, step, order[b], takes.Vocabulary);
                to?.Add(t, b, word[..length]);
            }
        }

        to?.End();
    }

    /// <summary>Copies vectors of numbers.</summary>
    /// <param name="input">The input's number.</param>
    /// <param name="name">What the caller calls it, for messages.</param>
    /// <param name="values">[steps, rows, width] of the whole batch.</param>
    /// <exception cref="ArgumentException">There are not steps * rows * width values.</exception>
    public void Series(int input, string name, ReadOnlySpan<float> values)
    {
        int width = _window.Inputs[input].Width;
        CheckLength(name, values.Length, width);
        CopySeries(values, _window.Series(input), width);
    }

    /// <summary>Copies target classes: [steps, rows] of the whole batch, or [rows] where each row has one class.</summary>
    /// <param name="name">What the caller calls them, for messages.</param>
    /// <param name="values">The classes; the ignore index is allowed.</param>
    /// <exception cref="ArgumentException">The number of values is wrong, or one is no class.</exception>
    public void TargetTokens(string name, ReadOnlySpan<int> values)
    {
        if (!HasTargets)
        {
            return;
        }

        WindowTarget target = _window.Target;
        if (target.PerStep)
        {
            CheckLength(name, values.Length, 1);
            CopyTokens(name, values, _window.TargetTokens, target.Classes, target.Ignores ? target.IgnoreIndex : null, "classes");
            return;
        }

        if (values.Length != _layout.Rows)
        {
            throw new ArgumentException($"'{name}' has {values.Length} values; a batch of {_layout.Rows} rows needs one for each row.");
        }

        ReadOnlySpan<int> order = _checksOnly ? _layout.Order : Order;
        Span<int> to = _window.TargetTokens;
        for (int b = 0; b < order.Length; b++)
        {
            int value = values[order[b]];
            if ((uint)value >= (uint)target.Classes && value != target.IgnoreIndex)
            {
                throw new ArgumentException($"'{name}' has {value} at row {order[b]}; the {target.Classes} classes are 0 to {target.Classes - 1}, and {target.IgnoreIndex} is ignored.");
            }

            if (_checksOnly)
            {
                continue;
            }

            // A row that goes on in a later window has its loss there.
            bool ends = _layout.Lengths[_firstPosition + b] <= _firstStep + _window.Length(b);
            to[b] = ends ? value : target.IgnoreIndex;
        }
    }

    /// <summary>Copies target numbers.</summary>
    /// <param name="name">What the caller calls them, for messages.</param>
    /// <param name="values">[steps, rows, width] of the whole batch.</param>
    /// <exception cref="ArgumentException">There are not steps * rows * width values.</exception>
    public void TargetSeries(string name, ReadOnlySpan<float> values)
    {
        if (!HasTargets)
        {
            return;
        }

        CheckLength(name, values.Length, _window.Target.Width);
        CopySeries(values, _window.TargetSeries, _window.Target.Width);
    }

    private void CopyTokens(string name, ReadOnlySpan<int> values, Span<int> to, int count, int? ignored, string what)
    {
        if (_checksOnly)
        {
            CheckTokens(name, values, count, ignored, what);
            return;
        }

        ReadOnlySpan<int> order = Order;
        for (int t = 0; t < _window.Steps; t++)
        {
            ReadOnlySpan<int> from = values.Slice((_firstStep + t) * _layout.Rows, _layout.Rows);
            Span<int> row = to.Slice(t * _window.BatchSize, _window.BatchSize);
            int running = _window.RowsAt(t);
            for (int b = 0; b < running; b++)
            {
                // Kernels index tables with what stands here: it is checked where it is copied, also when the batch was checked before.
                row[b] = Checked(name, from[order[b]], _firstStep + t, order[b], count, ignored, what);
            }
        }
    }

    /// <summary>Checks the tokens of every row up to its length.</summary>
    private void CheckTokens(string name, ReadOnlySpan<int> values, int count, int? ignored, string what)
    {
        ReadOnlySpan<int> order = _layout.Order;
        ReadOnlySpan<int> lengths = _layout.Lengths;
        int running = _layout.Count;
        for (int t = 0; t < lengths[0]; t++)
        {
            while (lengths[running - 1] <= t)
            {
                running--;
            }

            for (int position = 0; position < running; position++)
            {
                int row = order[position];
                Checked(name, values[(t * _layout.Rows) + row], t, row, count, ignored, what);
            }
        }
    }

    private void CopySeries(ReadOnlySpan<float> values, Span<float> to, int width)
    {
        if (_checksOnly)
        {
            return;
        }

        ReadOnlySpan<int> order = Order;
        for (int t = 0; t < _window.Steps; t++)
        {
            int running = _window.RowsAt(t);
            for (int b = 0; b < running; b++)
            {
                int from = (((_firstStep + t) * _layout.Rows) + order[b]) * width;
                values.Slice(from, width).CopyTo(to.Slice(((t * _window.BatchSize) + b) * width, width));
            }
        }
    }

    /// <summary>How many characters a word has, after a look at each.</summary>
    private static int CheckWord(string name, ReadOnlySpan<int> word, int step, int row, int alphabet)
    {
        const int None = -1;
        int length = word.IndexOf(None);
        length = length < 0 ? word.Length : length;
        for (int i = 0; i < word.Length; i++)
        {
            if (i < length ? (uint)word[i] >= (uint)alphabet : word[i] != None)
            {
                throw new ArgumentException(i < length
                    ? $"'{name}' has {word[i]} at step {step}, row {row}, character {i}; the {alphabet} characters are 0 to {alphabet - 1}, and {None} stands behind a word's last."
                    : $"'{name}' has {word[i]} at step {step}, row {row}, character {i}, behind a {None}; {None} stands only behind a word's last character.");
            }
        }

        return length > 0 ? length : throw new ArgumentException($"'{name}' has no character at step {step}, row {row}; give each word at least one.");
    }

    private void CheckLength(string name, int length, int width, string what = "numbers")
    {
        long expected = (long)_layout.Steps * _layout.Rows * width;
        if (length != expected)
        {
            string shape = width == 1 ? $"{_layout.Steps} steps of {_layout.Rows} rows" : $"{_layout.Steps} steps of {_layout.Rows} rows of {width} {what}";
            throw new ArgumentException($"'{name}' has {length} values; {shape} are {expected}.");
        }
    }

    private static int Checked(string name, int value, int step, int row, int count, int? ignored, string what) =>
        (uint)value < (uint)count || value == ignored ? value : throw OutOfRange(name, value, step, row, count, ignored, what);

    private static ArgumentException OutOfRange(string name, int value, int step, int row, int count, int? ignored, string what)
    {
        string but = ignored is int index ? $", and {index} is ignored" : string.Empty;
        return new ArgumentException($"'{name}' has {value} at step {step}, row {row}; the {count} {what} are 0 to {count - 1}{but}.");
    }
}
