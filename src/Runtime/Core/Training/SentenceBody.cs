using System;

namespace SdCompiler.Runtime;

/// <summary>
/// The base of every emitted body that predicts whole sentences: forward computation of a window as long as its longest sentence, without gradients, masks or plain rows.
/// </summary>
public abstract class SentenceBody
{
    /// <summary>Buffers grow by whole multiples of this, so that sentences of one more word do not each make new ones.</summary>
    private const int GrowingSteps = 16;

    private const int Alignment = 16; // 64 bytes, in floats

    private readonly WindowInput[] _inputs;
    private readonly int _rows;
    private readonly int _experts;
    private Workspace? _workspace;
    private long _floats;

    /// <summary>A body without buffers.</summary>
    /// <param name="parameters">The model's parameters, shared with its trainers.</param>
    /// <param name="inputs">The model's inputs, by their numbers.</param>
    /// <param name="rows">Rows that are computed together.</param>
    /// <param name="batchSize">The rows of a batch that does not say how many it has.</param>
    /// <param name="outputWidth">Outputs of one row and step: classes, or numbers.</param>
    /// <param name="outputStride">Floats from one row of the outputs to the next.</param>
    /// <param name="experts">Experts of a mixture of softmaxes; 1 for a model without one.</param>
    protected SentenceBody(ModelParameters parameters, WindowInput[] inputs, int rows, int batchSize, int outputWidth, int outputStride, int experts = 1)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        Parameters = parameters;
        _inputs = (WindowInput[])inputs.Clone();
        _rows = rows;
        _experts = experts;
        BatchSize = batchSize;
        OutputWidth = outputWidth;
        OutputStride = outputStride;
        Window = new Window(1, rows, _inputs, WindowTarget.None) { ExpertCount = experts };
    }

    /// <summary>The model's parameters.</summary>
    public ModelParameters Parameters { get; }

    /// <summary>Inputs of the sentences in work; another one when a longer sentence comes.</summary>
    public Window Window { get; private set; }

    /// <summary>Outputs of one row and step: classes, or numbers.</summary>
    public int OutputWidth { get; }

    /// <summary>True where every step has an output, false where a row has one (classification of a sentence).</summary>
    public bool PerStep { get; protected init; } = true;

    /// <summary>The block of memory in which all buffers of the body lie.</summary>
    protected internal Workspace Ws => _workspace ?? throw new InvalidOperationException("The body has no buffers before its first sentence.");

    /// <summary>Where <see cref="Forward"/> leaves the outputs, in floats: [step][row][stride]; set by <see cref="PlaceBuffers"/>.</summary>
    protected internal int Output { get; protected set; }

    internal int OutputStride { get; }

    internal int BatchSize { get; }

    /// <summary>Computes the outputs of the window: log-probabilities (natural logarithm), numbers, or emissions of tags.</summary>
    /// <param name="lane">Who runs: every lane calls it, and barriers inside part what one lane writes from what another reads.</param>
    /// <param name="w">The window.</param>
    public abstract void Forward(Lane lane, Window w);

    /// <summary>Finds the best tags of each row from the emissions that <see cref="Forward"/> left at <see cref="Output"/>; only where the loss scores whole paths of tags.</summary>
    /// <param name="lane">Who runs: every lane calls it, behind a barrier.</param>
    /// <param name="w">The window.</param>
    /// <param name="tags">[T, B], written for the running rows.</param>
    public virtual void Decode(Lane lane, Window w, Span<int> tags) => throw new NotSupportedException("The model has no tags to decode.");

    /// <summary>Gives every buffer its place by calling <see cref="Place"/> for each.</summary>
    /// <param name="steps">The most steps of a window, T.</param>
    protected abstract void PlaceBuffers(int steps);

    /// <summary>The place of the next buffer.</summary>
    /// <param name="slots">Its time slots.</param>
    /// <param name="floats">Floats of one row and slot.</param>
    /// <returns>Its offset in floats.</returns>
    protected int Place(int slots, int floats)
    {
        long offset = _floats;
        _floats += ((((long)slots * _rows * floats) + Alignment - 1) / Alignment) * Alignment;
        return _floats <= int.MaxValue ? (int)offset : throw new ArgumentException(
            $"{_rows} sentences of up to {slots} steps need buffers of more than {int.MaxValue} numbers; create the predictor for fewer rows, or split the longest sentence.");
    }

    /// <summary>Makes room for sentences of some length; what the buffers held is lost.</summary>
    /// <returns>Whether there is another window now.</returns>
    internal bool Grow(int steps)
    {
        if (_workspace is not null && steps <= Window.TimeSteps)
        {
            return false;
        }

        // A predictor that cannot grow must still serve shorter sentences: it changes when all is well.
        int most = checked((steps + GrowingSteps - 1) / GrowingSteps * GrowingSteps);
        int before = Window.TimeSteps;
        try
        {
            _floats = 0;
            PlaceBuffers(most);
            var window = new Window(most, _rows, _inputs, WindowTarget.None) { ExpertCount = _experts };
            _workspace = new Workspace(_floats);
            Window = window;
        }
        catch when (_workspace is not null)
        {
            _floats = 0;
            PlaceBuffers(before);
            throw;
        }

        return true;
    }
}
