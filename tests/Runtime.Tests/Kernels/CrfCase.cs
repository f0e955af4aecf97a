using System;
using System.Linq;
using Xunit;

namespace SdCompiler.Runtime.Tests;

/// <summary>A window of sentences, random scores, and a workspace with guard elements around what <see cref="CrfLoss"/> may write.</summary>
internal sealed class CrfCase
{
    private const int GuardLength = 64;
    private const float Sentinel = 12345.678f;

    /// <summary>A case; B is one more than there are rows.</summary>
    /// <param name="tags">How many tags.</param>
    /// <param name="lengths">Steps of the rows, descending.</param>
    /// <param name="constrained">True forbids about a third of the transitions, and a tag to begin and one to end a row.</param>
    /// <param name="seed">Of all random numbers.</param>
    /// <param name="whole">True draws whole numbers, so that there are ties.</param>
    public CrfCase(int tags, int[] lengths, bool constrained = false, int seed = 1, bool whole = false)
    {
        Tags = tags;
        Lengths = lengths;
        B = lengths.Length + 1;
        Random random = new(seed);
        Transitions = new MatrixParameter("transitions", tags, tags, ColumnOrder.Plain);
        Start = new VectorParameter("start_transitions", tags, ColumnOrder.Plain);
        End = new VectorParameter("end_transitions", tags, ColumnOrder.Plain);
        foreach (Parameter parameter in new Parameter[] { Transitions, Start, End })
        {
            parameter.ReadFrom(Draw(random, (int)parameter.Count, 1.5f, whole));
        }

        DTransitions = new MatrixGradient(Transitions);
        DStart = new VectorGradient(Start);
        DEnd = new VectorGradient(End);
        Constraints = constrained ? RandomConstraints(random, tags) : null;
        W = new Window(lengths[0], B, [], WindowTarget.Tags(tags)) { Training = true };
        W.SetShape(lengths);
        Y = GuardLength;
        Scratch = Y + (lengths[0] * B * Columns) + GuardLength;
        int floats = Scratch + (B * (tags + 2) * Columns) + GuardLength;
        Ws = new Workspace(floats);
        Ws.Span(0, floats).Fill(Sentinel);
        Emissions = Draw(random, lengths[0] * B * Columns, 2, whole);
        W.TargetTokens.Fill(-1); // what is beyond the end of a row does not matter
        for (int b = 0; b < lengths.Length; b++)
        {
            WalkTargets(random, b);
        }

        Restore();
    }

    public int Tags { get; }

    public int[] Lengths { get; }

    public int B { get; }

    public int Columns => Transitions.PaddedColumns;

    public int Y { get; }

    public int Scratch { get; }

    public Window W { get; }

    public Workspace Ws { get; }

    public MatrixParameter Transitions { get; }

    public VectorParameter Start { get; }

    public VectorParameter End { get; }

    public MatrixGradient DTransitions { get; }

    public VectorGradient DStart { get; }

    public VectorGradient DEnd { get; }

    public CrfConstraints? Constraints { get; set; }

    /// <summary>[T, B, columns], as the workspace has them before a run.</summary>
    public float[] Emissions { get; }

    public Span<float> Now => Ws.Span(Y, Emissions.Length);

    public ParameterGradient[] Gradients => [DTransitions, DStart, DEnd];

    /// <summary>Where step t of row b is in <see cref="Emissions"/>.</summary>
    public int At(int t, int b) => ((t * B) + b) * Columns;

    public int[] Targets(int b) => Enumerable.Range(0, Lengths[b]).Select(t => W.TargetTokens[(t * B) + b]).ToArray();

    /// <summary>Puts the emissions into the workspace.</summary>
    public void Restore() => Emissions.CopyTo(Now);

    public void Train(int lanes, KernelSet? kernels = null)
    {
        W.Training = true;
        DelegateWork.Run(lanes, kernels ?? KernelSet.Best, lane =>
        {
            Rows(lane);
            lane.Barrier();
            Reduce(lane);
        });
        CheckGuards();
    }

    public void Evaluate(int lanes, KernelSet? kernels = null)
    {
        W.Training = false;
        DelegateWork.Run(lanes, kernels ?? KernelSet.Best, Rows);
        CheckGuards();
    }

    public void Rows(Lane lane) => CrfLoss.Rows(lane, W, Ws, Y, B, Transitions, Start, End, Constraints, Scratch);

    public void Reduce(Lane lane) => CrfLoss.Gradients(lane, W, Ws, Scratch, DTransitions, DStart, DEnd);

    /// <summary>[T, B]; -2 where nothing was written.</summary>
    public int[] Decode(int lanes, KernelSet? kernels = null)
    {
        int[] tags = new int[Lengths[0] * B];
        Array.Fill(tags, -2);
        DelegateWork.Run(lanes, kernels ?? KernelSet.Best, lane => CrfLoss.Decode(lane, W, Ws, Y, B, Transitions, Start, End, Constraints, tags));
        CheckGuards();
        return tags;
    }

    /// <summary>A row in double precision, with the scores given, which default to the parameters'.</summary>
    public CrfReference Reference(int b, double[]? emissions = null, double[]? transitions = null, double[]? start = null, double[]? end = null)
    {
        emissions ??= Emissions.Select(x => (double)x).ToArray();
        transitions ??= Values(Transitions);
        double[,] matrix = new double[Tags, Tags];
        double[] first = (double[])(start ?? Values(Start)).Clone(), last = (double[])(end ?? Values(End)).Clone();
        for (int i = 0; i < Tags; i++)
        {
            first[i] = Constraints?.AllowsStart(i) == false ? double.NegativeInfinity : first[i];
            last[i] = Constraints?.AllowsEnd(i) == false ? double.NegativeInfinity : last[i];
            for (int j = 0; j < Tags; j++)
            {
                matrix[i, j] = Constraints?.Allows(i, j) == false ? double.NegativeInfinity : transitions[(i * Tags) + j];
            }
        }

        return new CrfReference(Enumerable.Range(0, Lengths[b]).Select(t => emissions.AsSpan(At(t, b), Tags).ToArray()).ToArray(), matrix, first, last);
    }

    public static double[] Values(Parameter parameter)
    {
        float[] values = new float[parameter.Count];
        parameter.WriteTo(values);
        return values.Select(x => (double)x).ToArray();
    }

    public static float[] Values(ParameterGradient gradient)
    {
        float[] values = new float[gradient.Parameter.Count];
        gradient.WriteTo(values);
        return values;
    }

    private void CheckGuards()
    {
        foreach (int at in new[] { 0, Scratch - GuardLength, Scratch + (B * (Tags + 2) * Columns) })
        {
            Assert.All(Ws.Span(at, GuardLength).ToArray(), x => Assert.Equal(Sentinel, x));
        }

        int block = (Tags + 2) * Columns; // of the row that the window does not have
        Assert.All(Ws.Span(Scratch + (Lengths.Length * block), block).ToArray(), x => Assert.Equal(Sentinel, x));
    }

    private void WalkTargets(Random random, int b)
    {
        while (true)
        {
            int before = -1;
            for (int t = 0; t < Lengths[b]; t++)
            {
                int tag;
                do
                {
                    tag = random.Next(Tags);
                }
                while (Constraints is not null && !(t == 0 ? Constraints.AllowsStart(tag) : Constraints.Allows(before, tag)));
                W.TargetTokens[(t * B) + b] = before = tag;
            }

            if (Constraints?.AllowsEnd(before) != false)
            {
                return;
            }
        }
    }

    private static CrfConstraints RandomConstraints(Random random, int tags)
    {
        bool[] transitions = new bool[tags * tags], start = new bool[tags], end = new bool[tags];
        for (int i = 0; i < transitions.Length; i++)
        {
            transitions[i] = i / tags == i % tags || random.Next(3) > 0; // a tag may stay, so rows of every length have a path
        }

        Array.Fill(start, true);
        Array.Fill(end, true);
        start[tags - 1] = tags == 1;
        end[0] = tags < 3;
        return new CrfConstraints(transitions, start, end);
    }

    private static float[] Draw(Random random, int count, float range, bool whole) =>
        Enumerable.Range(0, count).Select(_ => whole ? random.Next(-1, 2) : range * ((2 * random.NextSingle()) - 1)).ToArray();
}
