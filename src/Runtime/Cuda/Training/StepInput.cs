using System;
using System.Collections.Generic;

namespace SdCompiler.Runtime.Cuda;

/// <summary>
/// What changes from step to step, as one block that a step copies to the device: shape, tokens, targets, masks, state, distinct tokens of tables, the
/// optimizer's numbers. This class decides where each lies; all places are in words of 4 bytes.
/// </summary>
internal sealed class StepInput
{
    /// <summary>Floats of one parameter's rule.</summary>
    public const int RuleFloats = 8;

    private readonly Window _window;
    private readonly int[] _seenAt;
    private readonly int[] _slotOf;
    private readonly int[] _count;
    private int _generation;

    public StepInput(CudaTrainerBody body)
    {
        _window = body.Window;
        int cells = _window.TimeSteps * _window.BatchSize;
        Limits = Take(4); // two doubles: the clip norm and the largest rate
        RowsAt = Take(_window.TimeSteps + 1);
        Lengths = Take(_window.BatchSize);
        ReadOnlySpan<WindowInput> inputs = _window.Inputs;
        Inputs = new int[inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            Inputs[i] = Take((long)cells * (inputs[i].IsTokens ? 1 : inputs[i].Width));
        }

        Targets = Take(_window.Target.IsTokens ? _window.TargetTokens.Length : _window.TargetSeries.Length);
        Sites = new SitePlaces[body.Masks.Sites.Length];
        for (int i = 0; i < Sites.Length; i++)
        {
            Sites[i] = Place(body.Masks.Sites[i]);
        }

        Hidden = new int[body.StateLayers.Length];
        Cell = new int[body.StateLayers.Length];
        for (int i = 0; i < Hidden.Length; i++)
        {
            Hidden[i] = Take((long)_window.BatchSize * body.StateLayers[i].Units);
            Cell[i] = Take((long)_window.BatchSize * body.StateLayers[i].Units);
        }

        Rules = Take(RuleFloats * body.Parameters.All.Count);
        Tables = new TablePlaces[inputs.Length];
        int vocabulary = 0;
        for (int i = 0; i < inputs.Length; i++)
        {
            if (inputs[i].IsTokens)
            {
                int most = Math.Min(cells, inputs[i].Vocabulary);
                Tables[i] = new TablePlaces(Take(1), Take(most), Take(most + 1), Take(cells), most);
                vocabulary = Math.Max(vocabulary, inputs[i].Vocabulary);
            }
        }

        _seenAt = new int[vocabulary];
        _slotOf = new int[vocabulary];
        _count = new int[cells];
    }

    public int Limits { get; }

    /// <summary>[T+1] running rows of each step, 0 behind the last.</summary>
    public int RowsAt { get; }

    /// <summary>[B] steps of each row; 0 for rows that the window does not have.</summary>
    public int Lengths { get; }

    public int[] Inputs { get; }

    public int Targets { get; }

    public SitePlaces[] Sites { get; }

    /// <summary>[B][units] of each LSTM layer.</summary>
    public int[] Hidden { get; }

    public int[] Cell { get; }

    /// <summary>[parameters][8]: the numbers of each parameter's update.</summary>
    public int Rules { get; }

    /// <summary>Of each input that is tokens.</summary>
    public TablePlaces[] Tables { get; }

    public long Bytes { get; private set; }

    /// <summary>Writes shape, inputs and targets. Rows that do not run get token 0 and zeros, so that every number on the device is finite.</summary>
    public void WriteWindow(PinnedBuffer to)
    {
        int steps = _window.Steps;
        int B = _window.BatchSize;
        Span<int> rowsAt = Integers(to, RowsAt, _window.TimeSteps + 1);
        Span<int> lengths = Integers(to, Lengths, B);
        rowsAt.Clear();
        lengths.Clear();
        for (int t = 0; t < steps; t++)
        {
            rowsAt[t] = _window.RowsAt(t);
        }

        for (int b = 0; b < _window.Rows; b++)
        {
            lengths[b] = _window.Length(b);
        }

        for (int i = 0; i < Inputs.Length; i++)
        {
            WindowInput input = _window.Inputs[i];
            if (input.IsTokens)
            {
                CopyRows(_window.Tokens(i), Integers(to, Inputs[i], steps * B), 1);
                WriteTable(to, i);
            }
            else
            {
                CopyRows(_window.Series(i), Floats(to, Inputs[i], steps * B * input.Width), input.Width);
            }
        }

        if (_window.Target.IsTokens)
        {
            ReadOnlySpan<int> targets = _window.TargetTokens;
            targets.CopyTo(Integers(to, Targets, targets.Length));
        }
        else
        {
            ReadOnlySpan<float> targets = _window.TargetSeries;
            targets.CopyTo(Floats(to, Targets, targets.Length));
        }
    }

    /// <summary>Writes the masks of one window.</summary>
    /// <param name="to">The block.</param>
    /// <param name="masks">The masks, drawn.</param>
    /// <param name="steps">Time steps of the window.</param>
    /// <param name="rows">Rows of the window.</param>
    public void WriteMasks(PinnedBuffer to, MaskSet masks, int steps, int rows)
    {
        for (int i = 0; i < Sites.Length; i++)
        {
            MaskSite site = masks.Sites[i];
            if (!site.Drops)
            {
                continue; // WriteNoMasks was there at the start
            }

            SitePlaces places = Sites[i];
            Floats(to, places.Scale, 1)[0] = site.Scale;
            for (int t = 0; t < steps; t++)
            {
                if (site.IsStructured)
                {
                    WriteList(to, places, t, site.Units, masks.Kept(i, t));
                }
                else
                {
                    WriteMultipliers(to, places, masks, i, t, rows);
                }
            }
        }
    }

    /// <summary>Writes masks that keep everything: for evaluation, and for the sites of a variant that drop nothing.</summary>
    public void WriteNoMasks(PinnedBuffer to, MaskSet masks)
    {
        for (int i = 0; i < Sites.Length; i++)
        {
            WriteAll(to, i, masks.Sites[i].Units);
        }
    }

    /// <summary>Writes the state of each row, or zeros.</summary>
    public void WriteState(PinnedBuffer to, LstmState? state, ReadOnlySpan<int> order, StateLayer[] layers)
    {
        for (int i = 0; i < layers.Length; i++)
        {
            int units = layers[i].Units;
            Span<float> hidden = Floats(to, Hidden[i], _window.BatchSize * units);
            Span<float> cell = Floats(to, Cell[i], _window.BatchSize * units);
            hidden.Clear();
            cell.Clear();
            for (int b = 0; state is not null && b < order.Length; b++)
            {
                state.Hidden(i, order[b]).CopyTo(hidden[(b * units)..]);
                state.Cell(i, order[b]).CopyTo(cell[(b * units)..]);
            }
        }
    }

    /// <summary>The distinct tokens of an input, as the block has them.</summary>
    public ReadOnlySpan<int> DistinctTokens(PinnedBuffer from, int input)
    {
        TablePlaces places = Tables[input];
        return Integers(from, places.Tokens, Integers(from, places.Count, 1)[0]);
    }

    public static Span<float> Floats(PinnedBuffer block, int place, int count) => block.Span<float>((long)place * sizeof(float), count);

    public static Span<int> Integers(PinnedBuffer block, int place, int count) => block.Span<int>((long)place * sizeof(int), count);

    private int Take(long words)
    {
        // Each piece begins at a multiple of 16 bytes.
        long place = Bytes / sizeof(int);
        Bytes += ((words * sizeof(int)) + 15) / 16 * 16;
        return checked((int)place);
    }

    private SitePlaces Place(MaskSite site)
    {
        int T = _window.TimeSteps;
        bool shared = site.IsStructured || !site.Drops;
        int words = (site.Units + 31) / 32;
        int rows = shared ? 1 : _window.BatchSize;
        return new SitePlaces(Take(1), Take(T), shared ? Take((long)T * site.Units) : 0, Take((long)T * rows * words), rows, words);
    }

    private void WriteAll(PinnedBuffer to, int i, int units)
    {
        SitePlaces places = Sites[i];
        int T = _window.TimeSteps;
        Floats(to, places.Scale, 1)[0] = 1;
        Integers(to, places.Counts, T).Fill(units);
        Integers(to, places.Bits, T * places.BitRows * places.BitWords).Fill(-1);
        for (int t = 0; places.BitRows == 1 && places.Kept > 0 && t < T; t++)
        {
            Span<int> list = Integers(to, places.Kept + (t * units), units);
            for (int unit = 0; unit < units; unit++)
            {
                list[unit] = unit;
            }
        }
    }

    private static void WriteList(PinnedBuffer to, SitePlaces places, int t, int units, ReadOnlySpan<int> kept)
    {
        Integers(to, places.Counts + t, 1)[0] = kept.Length;
        kept.CopyTo(Integers(to, places.Kept + (t * units), units));
        Span<int> bits = Integers(to, places.Bits + (t * places.BitWords), places.BitWords);
        bits.Clear();
        foreach (int unit in kept)
        {
            bits[unit / 32] |= 1 << (unit % 32);
        }
    }

    private unsafe void WriteMultipliers(PinnedBuffer to, SitePlaces places, MaskSet masks, int site, int t, int rows)
    {
        int B = _window.BatchSize;
        int units = masks.Sites[site].Units;
        float* multipliers = masks.Multipliers(site, t);
        Integers(to, places.Counts + t, 1)[0] = units;
        Span<int> bits = Integers(to, places.Bits + (t * B * places.BitWords), B * places.BitWords);
        bits.Clear();
        for (int unit = 0; unit < units; unit++)
        {
            float* row = multipliers + ((long)unit * B);
            int bit = 1 << (unit % 32);
            for (int b = 0; b < rows; b++)
            {
                bits[(b * places.BitWords) + (unit / 32)] |= row[b] != 0 ? bit : 0;
            }
        }
    }

    private void CopyRows<T>(ReadOnlySpan<T> from, Span<T> to, int width)
        where T : unmanaged
    {
        int stride = _window.BatchSize * width;
        for (int t = 0; t < _window.Steps; t++)
        {
            int running = _window.RowsAt(t) * width;
            from.Slice(t * stride, running).CopyTo(to[(t * stride)..]);
            to.Slice((t * stride) + running, stride - running).Clear();
        }
    }

    /// <summary>Sorts the positions of the window by token, so that one block of threads adds the gradients of one token in their order.</summary>
    private void WriteTable(PinnedBuffer to, int input)
    {
        TablePlaces places = Tables[input];
        int B = _window.BatchSize;
        ReadOnlySpan<int> tokens = _window.Tokens(input);
        Span<int> distinct = Integers(to, places.Tokens, places.Most);
        Span<int> starts = Integers(to, places.Starts, places.Most + 1);
        Span<int> positions = Integers(to, places.Positions, _window.TimeSteps * B);
        int count = 0;
        _generation++;
        for (int t = 0; t < _window.Steps; t++)
        {
            foreach (int token in tokens.Slice(t * B, _window.RowsAt(t)))
            {
                if (_seenAt[token] != _generation)
                {
                    _seenAt[token] = _generation;
                    _slotOf[token] = count;
                    _count[count] = 0;
                    distinct[count++] = token;
                }

                _count[_slotOf[token]]++;
            }
        }

        int start = 0;
        for (int slot = 0; slot < count; slot++)
        {
            starts[slot] = start;
            start += _count[slot];
            _count[slot] = starts[slot];
        }

        starts[count] = start;
        for (int t = 0; t < _window.Steps; t++)
        {
            for (int b = 0; b < _window.RowsAt(t); b++)
            {
                int place = (t * B) + b;
                positions[_count[_slotOf[tokens[place]]]++] = place;
            }
        }

        Integers(to, places.Count, 1)[0] = count;
    }
}
