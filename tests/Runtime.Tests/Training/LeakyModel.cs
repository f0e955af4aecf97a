using System;

namespace SdCompiler.Runtime.Tests.Training;

/// <summary>
/// A tiny hand-made language model for tests of everything around the compiled body: x = table[token], h[t] = h[t-1]/2 + x[t],
/// c[t] = c[t-1] + x[t] (carried but not read), y = dropout(h) . W + b, softmax.
/// </summary>
internal sealed class LeakyModel
{
    public const int T = 4;
    public const int B = 3;

    public LeakyModel(int vocabulary = 11, int width = 5, long seed = 1, string name = nameof(LeakyModel))
    {
        Table = new TableParameter("Words.weight", vocabulary, width);
        Weight = new MatrixParameter("Out.weight", width, vocabulary, ColumnOrder.Plain);
        Bias = new VectorParameter("Out.bias", vocabulary, ColumnOrder.Plain);
        Parameters = new ModelParameters(seed, Table, Weight, Bias)
        {
            Identity = new ModelIdentity(name, [new ModelDimension("Vocabulary", vocabulary)], []),
        };
        Parameters.Initialize("Words.weight", ParameterRole.Embedding, 0, width, Initializer.Uniform, 0.5);
        Parameters.Initialize("Out.weight", ParameterRole.LinearWeight, width, vocabulary, Initializer.Uniform, 0.5);
        Parameters.Initialize("Out.bias", ParameterRole.LinearBias, width, vocabulary, Initializer.Uniform, 0.5);
    }

    public TableParameter Table { get; }

    public MatrixParameter Weight { get; }

    public VectorParameter Bias { get; }

    public ModelParameters Parameters { get; }

    public int Vocabulary => Table.Tokens;

    public int Width => Table.Width;

    public LeakyTrainer CreateTrainer(Optimizer optimizer, TrainerOptions? options = null, double drop = 0.4, string variant = "") =>
        new(new LeakyBody(this, drop) { Variant = variant }, optimizer, options ?? new TrainerOptions { Threads = 1 });

    /// <summary>Tokens and targets of one window, reproducible.</summary>
    public (int[] Inputs, int[] Targets) Data(int steps, int rows, int seed)
    {
        var random = new Random(seed);
        var inputs = new int[steps * rows];
        var targets = new int[steps * rows];
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = random.Next(Vocabulary);
            targets[i] = random.Next(Vocabulary);
        }

        return (inputs, targets);
    }

    /// <summary>All weights, in order, as one array.</summary>
    public float[] AllWeights()
    {
        var all = new float[Parameters.Count];
        int at = 0;
        foreach (Parameter parameter in Parameters.All)
        {
            parameter.WriteTo(all.AsSpan(at, (int)parameter.Count));
            at += (int)parameter.Count;
        }

        return all;
    }
}
