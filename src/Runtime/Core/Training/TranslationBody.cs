using System;
using System.Collections.Generic;

namespace SdCompiler.Runtime;

/// <summary>The base of every emitted translation body: the encoder over whole sentences, and one step of the decoder for many rows, without masks and gradients.</summary>
/// <remarks>Buffers are placed by the emitted constructor for a number of rows and of source steps; a longer sentence or more rows get a body of their own.</remarks>
public abstract class TranslationBody
{
    private readonly List<TranslationState> _states = [];
    private Workspace? _workspace;
    private long _floats;

    /// <summary>A body without buffers.</summary>
    /// <param name="parameters">The model's parameters, shared with its trainers.</param>
    /// <param name="window">The target side, of one step, with the source side.</param>
    protected TranslationBody(ModelParameters parameters, Window window)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(window);
        Parameters = parameters;
        Window = window;
        window.Training = false;
    }

    /// <summary>The model's parameters.</summary>
    public ModelParameters Parameters { get; }

    /// <summary>The tokens of the step in work, and the sentences in work.</summary>
    public Window Window { get; }

    /// <summary>Where <see cref="Step"/> leaves log-probabilities, in floats: [row][<see cref="OutputStride"/>].</summary>
    public int Output { get; protected init; }

    /// <summary>Tokens of the target side.</summary>
    public int OutputWidth { get; protected init; }

    /// <summary>Floats from one row of the outputs to the next.</summary>
    public int OutputStride { get; protected init; }

    /// <summary>Where <see cref="Step"/> leaves attention weights, in floats: [row][<see cref="AlphaStride"/>]; -1 without attention.</summary>
    public int Alpha { get; protected init; } = -1;

    /// <summary>Floats from one row of the weights to the next.</summary>
    public int AlphaStride { get; protected init; }

    /// <summary>The block of memory in which all buffers lie.</summary>
    protected internal Workspace Ws => _workspace ?? throw new InvalidOperationException("The body's buffers are not allocated.");

    /// <summary>Runs the encoder over the source's window, and puts the decoder's rows to their start.</summary>
    /// <param name="lane">Who runs: every lane calls it.</param>
    /// <param name="w">The body's window.</param>
    public abstract void Encode(Lane lane, Window w);

    /// <summary>One step of the decoder: reads a token in each row, leaves log-probabilities, weights and the state behind the step.</summary>
    /// <param name="lane">Who runs: every lane calls it.</param>
    /// <param name="w">The body's window.</param>
    public abstract void Step(Lane lane, Window w);

    /// <summary>Gives a buffer its place.</summary>
    /// <param name="rowFloats">Floats of one row and slot.</param>
    /// <param name="slots">Slots.</param>
    /// <returns>Its offset.</returns>
    /// <exception cref="ArgumentException">The buffers are larger than what one block can hold.</exception>
    protected int Take(long rowFloats, long slots)
    {
        long offset = _floats;
        _floats = (offset + (rowFloats * slots * Window.BatchSize) + 15) / 16 * 16;
        return _floats <= int.MaxValue
            ? (int)offset
            : throw new ArgumentException($"{Window.BatchSize} rows with sentences of {Window.Source.TimeSteps} tokens need more memory than one block of 8 GiB; use fewer rows, a narrower beam, or shorter sentences.");
    }

    /// <summary>Names something that goes from step to step.</summary>
    /// <param name="before">Where a step reads it.</param>
    /// <param name="after">Where the step leaves it.</param>
    /// <param name="units">Its units.</param>
    /// <param name="rowFloats">Floats from one row to the next, or 0 where it lies unit by unit.</param>
    protected void Keep(int before, int after, int units, int rowFloats) => _states.Add(new TranslationState(before, after, units, rowFloats));

    /// <summary>Allocates all buffers, as zeros.</summary>
    protected void Allocate() => _workspace = new Workspace(_floats);

    /// <summary>Zeros for everything that goes from step to step; what the encoder gives is written over it.</summary>
    internal void Clear()
    {
        foreach (TranslationState state in _states)
        {
            Ws.Span(state.Before, state.Floats(Window.BatchSize)).Clear();
        }
    }

    /// <summary>Lets the rows of the next step go on from rows of the last one.</summary>
    /// <param name="parents">For each row of the next step, the row that it goes on from.</param>
    internal void Continue(ReadOnlySpan<int> parents)
    {
        int stride = Window.BatchSize;
        foreach (TranslationState state in _states)
        {
            ReadOnlySpan<float> from = Ws.Span(state.After, state.Floats(stride));
            Span<float> to = Ws.Span(state.Before, state.Floats(stride));
            for (int row = 0; row < parents.Length && state.RowFloats > 0; row++)
            {
                from.Slice(parents[row] * state.RowFloats, state.RowFloats).CopyTo(to.Slice(row * state.RowFloats, state.RowFloats));
            }

            for (int unit = 0; unit < state.Units && state.RowFloats == 0; unit++)
            {
                for (int row = 0; row < parents.Length; row++)
                {
                    to[(unit * stride) + row] = from[(unit * stride) + parents[row]];
                }
            }
        }
    }
}
