namespace SdCompiler.Samples.GpuCheck.Models;

/// <summary>So small that a CPU runs it: for trying this program and the baseline out, in steps of 20 rows.</summary>
[StructuredDropoutLstm(
    BatchSize = 20, TimeSteps = 5, Variants = typeof(Regime), Backends = Backends.Cpu | Backends.Cuda, Initializer = Initializer.Uniform, InitialRange = 0.1)]
public partial class Tiny
{
    private const int Units = 16;

    private const double Drop = 0.5;

    /// <summary>Words of the vocabulary.</summary>
    [Dimension]
    public partial int Vocabulary { get; }

    /// <summary>One vector per word.</summary>
    [Embedding(nameof(Vocabulary), Units)]
    public partial EmbeddingLayer Words { get; }

    /// <summary>Both layers.</summary>
    [Lstm(Units, Layers = 2, InputDropout = Drop, RecurrentDropout = Drop)]
    public partial LstmLayer Memory { get; }

    /// <summary>The distribution of the next word.</summary>
    [Softmax(nameof(Vocabulary), InputDropout = Drop)]
    public partial SoftmaxLayer NextWord { get; }
}
