using System;
using System.Linq;

namespace SdCompiler.Runtime.Tests.Training;

/// <summary>A tagger without memory: emissions from a series of numbers, and scores of tags after tags.</summary>
internal sealed class EmissionModel
{
    public const int Width = 3;
    public const int Tags = 5;

    public EmissionModel()
    {
        Parameters = new ModelParameters(1, [Weight, Bias, Transitions, Start, End]);
        Random random = new(3);
        foreach (Parameter parameter in Parameters.All)
        {
            parameter.ReadFrom(Enumerable.Range(0, (int)parameter.Count).Select(_ => (3 * random.NextSingle()) - 1.5f).ToArray());
        }
    }

    public ModelParameters Parameters { get; }

    public MatrixParameter Weight { get; } = new("weight", Width, Tags, ColumnOrder.Plain);

    public VectorParameter Bias { get; } = new("bias", Tags, ColumnOrder.Plain);

    public MatrixParameter Transitions { get; } = new("transitions", Tags, Tags, ColumnOrder.Plain);

    public VectorParameter Start { get; } = new("start_transitions", Tags, ColumnOrder.Plain);

    public VectorParameter End { get; } = new("end_transitions", Tags, ColumnOrder.Plain);

    /// <summary>Random sentences.</summary>
    public static EmissionBatch Data(int seed, params int[] lengths)
    {
        Random random = new(seed);
        int steps = lengths.Max();
        return new EmissionBatch
        {
            Rows = lengths.Length,
            Lengths = lengths,
            Numbers = Enumerable.Range(0, steps * lengths.Length * Width).Select(_ => (2 * random.NextSingle()) - 1).ToArray(),
        };
    }
}
