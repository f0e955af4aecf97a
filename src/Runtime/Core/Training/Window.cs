using System;

namespace SdCompiler.Runtime;

/// <summary>What one step works on: the inputs, targets and losses of up to T time steps of up to B rows, copied in from a batch.</summary>
/// <remarks>Rows are ordered by length, longest first, so that the rows that are still running at a time step are the first ones.</remarks>
public sealed class Window
{
    /// <summary>Added to a site's number: its mask of the step before, for what a product reads from there.</summary>
    internal const int PreviousStep = 1 << 30;

    private readonly WindowInput[] inputs;
    private readonly int[]?[] tokens;
    private readonly float[]?[] series;
    private readonly int[] targetTokens;
    private readonly float[] targetSeries;
    private readonly double[] losses;
    private readonly bool[] hits;
    private readonly int[] lengths;
    private readonly int[] rowsAt;
    private readonly WindowCharacters?[] characters;
    private readonly Window? owner;
    private readonly int[] sourceRows;
    private readonly Window? source;
    private readonly bool hasOwnSteps;
    private readonly Window? experts;
    private readonly int rowsEach = 1;
    private MaskSet? masks;
    private bool training;
    private int steps;
    private long step;

    /// <summary>Makes room for one window.</summary>
    /// <param name="timeSteps">The most steps, T.</param>
    /// <param name="batchSize">The most rows, B; also the stride of every array.</param>
    /// <param name="inputs">The model's inputs, by their numbers.</param>
    /// <param name="target">The model's target.</param>
    /// <exception cref="ArgumentException">A size is below 1, or an array would be too large.</exception>
    public Window(int timeSteps, int batchSize, WindowInput[] inputs, WindowTarget target)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(timeSteps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(target);
        TimeSteps = timeSteps;
        BatchSize = batchSize;
        Target = target;
        this.inputs = (WindowInput[])inputs.Clone();
        int cells = checked(timeSteps * batchSize);
        characters = new WindowCharacters?[inputs.Length];
        tokens = new int[]?[inputs.Length];
        series = new float[]?[inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            if (inputs[i].IsCharacters)
            {
                characters[i] = new WindowCharacters(this, inputs[i].MaximumLength, inputs[i].OrdersWords);
            }
            else if (inputs[i].IsTokens)
            {
                tokens[i] = new int[cells];
            }
            else
            {
                series[i] = new float[checked(cells * inputs[i].Width)];
            }
        }

        targetTokens = new int[target.IsTokens ? (target.PerStep ? cells : batchSize) : 0];
        targetSeries = new float[checked(cells * target.Width)];
        losses = new double[cells];
        hits = new bool[target.IsTokens ? cells : 0];
        lengths = new int[batchSize];
        rowsAt = new int[timeSteps];
        sourceRows = new int[batchSize];
        SetShape(timeSteps, batchSize);
    }

    /// <summary>Another window's steps and masks over rows of another kind.</summary>
    /// <param name="owner">That window.</param>
    /// <param name="rows">The most rows.</param>
    /// <param name="rowsAt">Rows of each step, which the caller writes.</param>
    internal Window(Window owner, int rows, int[] rowsAt)
        : this(owner, owner.TimeSteps, rows, rowsAt)
    {
    }

    /// <summary>Another window's masks over steps and rows of another kind.</summary>
    /// <param name="owner">That window.</param>
    /// <param name="timeSteps">The most steps.</param>
    /// <param name="rows">The most rows.</param>
    internal Window(Window owner, int timeSteps, int rows)
        : this(owner, timeSteps, rows, new int[timeSteps])
    {
        hasOwnSteps = true;
        lengths = new int[rows];
        SetShape(timeSteps, rows);
    }

    private Window(Window owner, int timeSteps, int rows, int[] rowsAt)
    {
        this.owner = owner;
        this.rowsAt = rowsAt;
        (TimeSteps, BatchSize, Target) = (timeSteps, rows, WindowTarget.None);
        inputs = [];
        characters = [];
        tokens = [];
        series = [];
        targetTokens = [];
        targetSeries = [];
        losses = [];
        hits = [];
        lengths = [];
        sourceRows = [];
    }

    /// <summary>Another window's steps and masks over several rows for each of its rows.</summary>
    private Window(Window owner, int rowsEach)
        : this(owner, checked(owner.BatchSize * rowsEach), owner.rowsAt) => this.rowsEach = rowsEach;

    /// <summary>The most steps, T.</summary>
    public int TimeSteps { get; }

    /// <summary>The most rows, B; the stride of every array.</summary>
    public int BatchSize { get; }

    /// <summary>The model's inputs.</summary>
    public ReadOnlySpan<WindowInput> Inputs => inputs;

    /// <summary>The model's target.</summary>
    public WindowTarget Target { get; }

    /// <summary>Experts of a mixture of softmaxes: rows of <see cref="Experts"/> for each row of this window; 1 for a model without a mixture.</summary>
    public int ExpertCount
    {
        get => experts?.rowsEach ?? 1;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            experts = new Window(this, value);
        }
    }

    /// <summary>The same steps and masks with a row for each expert: expert k of row b is row b * <see cref="ExpertCount"/> + k.</summary>
    /// <exception cref="InvalidOperationException">The model has no mixture of softmaxes.</exception>
    public Window Experts => experts ?? throw new InvalidOperationException("The window has no experts.");

    /// <summary>Steps of this window, 1 to T: the length of the longest row.</summary>
    public int Steps
    {
        get => owner is null || hasOwnSteps ? steps : owner.Steps;
        private set => steps = value;
    }

    /// <summary>Rows of this window, 1 to B.</summary>
    public int Rows { get; private set; }

    /// <summary>The window of what is translated, in a model that has an encoder and a decoder: its rows are ordered by their own lengths.</summary>
    /// <exception cref="InvalidOperationException">The model has one side only.</exception>
    public Window Source
    {
        get => source ?? throw new InvalidOperationException("The model has one side only, so its window has no source.");
        init => source = value;
    }

    /// <summary>Whether there is a source side.</summary>
    internal bool HasSource => source is not null;

    /// <summary>The row of <see cref="Source"/> that belongs to each row of this window.</summary>
    internal Span<int> SourceRows => sourceRows;

    /// <summary>The row of <see cref="Source"/> that belongs to a row of this window.</summary>
    /// <param name="row">The row, from 0 to <see cref="Rows"/> (not included).</param>
    public int SourceRow(int row) => sourceRows[row];

    /// <summary>True while masks apply and gradients are wanted; on both sides alike.</summary>
    public bool Training
    {
        get => owner is null ? training : owner.Training;
        set
        {
            training = value;
            if (source is not null)
            {
                source.Training = value;
            }
        }
    }

    /// <summary>The training step, part of the key of every mask.</summary>
    public long Step
    {
        get => step;
        set
        {
            step = value;
            if (source is not null)
            {
                source.Step = value;
            }
        }
    }

    /// <summary>The masks of the window.</summary>
    /// <exception cref="InvalidOperationException">None are set.</exception>
    public MaskSet Masks
    {
        get => owner?.Masks ?? masks ?? throw new InvalidOperationException("The window has no masks; set them before training.");
        set
        {
            masks = value;
            if (source is not null)
            {
                source.Masks = value;
            }
        }
    }

    /// <summary>The loss of each row at each time step in nats, [T, B]; a target for each row stands at time step 0, and so does the loss of a whole sentence (<see cref="CrfLoss"/>).</summary>
    public Span<double> Losses => losses;

    /// <summary>Whether the target was the most probable class, the first one among equals, or of the best path of tags, in the places of <see cref="Losses"/>; written by evaluation only, empty for a series.</summary>
    public Span<bool> Hits => hits;

    /// <summary>The target classes, [T, B], or [B] where each row has one; empty for a series.</summary>
    public Span<int> TargetTokens => targetTokens;

    /// <summary>The target numbers, [T, B, width]; empty for classes.</summary>
    public Span<float> TargetSeries => targetSeries;

    /// <summary>Sets the size of the window that is to be copied in; every row is of the same length.</summary>
    /// <param name="steps">Steps, 1 to T.</param>
    /// <param name="rows">Rows, 1 to B.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of its range.</exception>
    public void SetShape(int steps, int rows)
    {
        CheckShape(steps, rows);
        lengths.AsSpan(0, rows).Fill(steps);
        rowsAt.AsSpan(0, steps).Fill(rows);
        Steps = steps;
        Rows = rows;
    }

    /// <summary>Sets the size of the window that is to be copied in; rows have their own lengths.</summary>
    /// <param name="rowLengths">Steps of each row, 1 to T, in descending order.</param>
    /// <exception cref="ArgumentException">There are more rows than B or none, a length is out of its range, or the order is not descending.</exception>
    public void SetShape(ReadOnlySpan<int> rowLengths)
    {
        int steps = rowLengths.IsEmpty ? 0 : rowLengths[0];
        CheckShape(steps, rowLengths.Length);
        for (int row = 0; row < rowLengths.Length; row++)
        {
            int longest = row == 0 ? TimeSteps : rowLengths[row - 1];
            if (rowLengths[row] < 1 || rowLengths[row] > longest)
            {
                throw new ArgumentException($"Row {row} has {rowLengths[row]} steps; lengths go from 1 to {TimeSteps}, longest first.", nameof(rowLengths));
            }
        }

        rowLengths.CopyTo(lengths);
        int running = rowLengths.Length;
        for (int t = 0; t < steps; t++)
        {
            while (lengths[running - 1] <= t)
            {
                running--;
            }

            rowsAt[t] = running;
        }

        Steps = steps;
        Rows = rowLengths.Length;
    }

    /// <summary>How many rows, the first ones, are still running at a time step; 0 after the last.</summary>
    /// <param name="t">The time step, from 0.</param>
    public int RowsAt(int t) => t < Steps ? rowsAt[t] * rowsEach : 0;

    /// <summary>How many steps a row has.</summary>
    /// <param name="row">The row, from 0 to <see cref="Rows"/> (not included).</param>
    public int Length(int row) => lengths[row];

    /// <summary>The tokens of an input, [T, B].</summary>
    /// <param name="input">The input's number.</param>
    /// <exception cref="InvalidOperationException">The input is a series.</exception>
    public Span<int> Tokens(int input) => tokens[input] ?? throw new InvalidOperationException($"Input {input} takes numbers, not tokens.");

    /// <summary>The numbers of an input, [T, B, width].</summary>
    /// <param name="input">The input's number.</param>
    /// <exception cref="InvalidOperationException">The input takes tokens.</exception>
    public Span<float> Series(int input) => series[input] ?? throw new InvalidOperationException($"Input {input} takes tokens, not numbers.");

    /// <summary>The characters of an input's words.</summary>
    /// <param name="input">The input's number.</param>
    /// <exception cref="InvalidOperationException">The input takes no characters.</exception>
    public WindowCharacters Characters(int input) => characters[input] ?? throw new InvalidOperationException($"Input {input} takes no characters.");

    /// <summary>The units that a product reads at a time step: those that the site keeps while training, all otherwise.</summary>
    /// <param name="site">The site's number, or -1 where nothing is ever dropped.</param>
    /// <param name="t">The time step.</param>
    /// <param name="units">How many units there are.</param>
    /// <exception cref="InvalidOperationException">The site's masks differ from row to row.</exception>
    public KeptUnits Kept(int site, int t, int units) =>
        !Training || site < 0 ? AllUnits.Of(units) : site < PreviousStep ? Masks.Units(site, t) : Masks.Units(site - PreviousStep, t - 1);

    /// <summary>Whether a product reads at step t what it may read at other steps too: all units, or those of a list that is drawn once.</summary>
    /// <param name="site">The site's number, or -1 where nothing is ever dropped.</param>
    /// <param name="t">The time step.</param>
    /// <param name="units">How many units there are.</param>
    internal bool KeepsTheSameAt(int site, int t, int units) => Kept(site, t, units).Count == units || Masks.Sites[site % PreviousStep].IsFixed;

    /// <summary>The sum of the losses of all running rows, in a fixed order.</summary>
    public double TotalLoss()
    {
        double sum = 0;
        int steps = Target.PerStep ? Steps : 1;
        for (int t = 0; t < steps; t++)
        {
            foreach (double loss in losses.AsSpan(t * BatchSize, RowsAt(t)))
            {
                sum += loss;
            }
        }

        return sum;
    }

    /// <summary>How many targets the losses are of: those that are not ignored.</summary>
    public long CountTargets()
    {
        long count = 0;
        int steps = Target.PerStep ? Steps : 1;
        for (int t = 0; t < steps; t++)
        {
            int rows = RowsAt(t);
            if (!Target.IsTokens)
            {
                count += rows;
                continue;
            }

            foreach (int target in targetTokens.AsSpan(t * BatchSize, rows))
            {
                count += target == Target.IgnoreIndex ? 0 : 1;
            }
        }

        return count;
    }

    /// <summary>How many targets that are not ignored were the most probable class, as the last evaluation left it.</summary>
    public long CountHits()
    {
        long count = 0;
        int steps = Target.PerStep ? Steps : 1;
        for (int t = 0; t < steps && Target.IsTokens; t++)
        {
            int rows = RowsAt(t);
            ReadOnlySpan<int> targets = targetTokens.AsSpan(t * BatchSize, rows);
            for (int row = 0; row < rows; row++)
            {
                count += targets[row] != Target.IgnoreIndex && hits[(t * BatchSize) + row] ? 1 : 0;
            }
        }

        return count;
    }

    private void CheckShape(int steps, int rows)
    {
        if (rows < 1 || rows > BatchSize)
        {
            throw new ArgumentOutOfRangeException(nameof(rows), rows, $"A batch has 1 to {BatchSize} rows, not {rows}.");
        }

        if (steps < 1 || steps > TimeSteps)
        {
            throw new ArgumentOutOfRangeException(nameof(steps), steps, $"A window has 1 to {TimeSteps} steps, not {steps}.");
        }
    }
}
