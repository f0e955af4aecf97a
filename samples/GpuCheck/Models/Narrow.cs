namespace SdCompiler.Samples.GpuCheck.Models;

/// <summary>Three layers of 7 and 9 units, dropout at every kind of place, classes that are known at run time only.</summary>
[StructuredDropoutLstm(BatchSize = 4, TimeSteps = 5, Variants = typeof(Regime), Backends = Backends.Cpu | Backends.Cuda)]
public partial class Narrow
{
    /// <summary>Words of the vocabulary.</summary>
    [Dimension]
    public partial int Vocabulary { get; }

    /// <summary>One vector per word.</summary>
    [Embedding(nameof(Vocabulary), 6, OutputDropout = 0.3)]
    public partial EmbeddingLayer Words { get; }

    /// <summary>A layer of less than 8 units.</summary>
    [Lstm(7, InputDropout = 0.5, RecurrentDropout = 0.4)]
    public partial LstmLayer Lower { get; }

    /// <summary>Two layers of a little more than 8.</summary>
    [Lstm(9, Layers = 2, InputDropout = 0.3, RecurrentDropout = 0.5, OutputDropout = 0.4)]
    public partial LstmLayer Upper { get; }

    /// <summary>The distribution of the next word.</summary>
    [Softmax(nameof(Vocabulary), InputDropout = 0.5)]
    public partial SoftmaxLayer Next { get; }
}
