namespace SdCompiler.Samples.GpuCheck.Models;

/// <summary>2 layers of 1,150 units, the width of AWD-LSTM (arXiv:1708.02182), in steps of 20 rows.</summary>
[StructuredDropoutLstm(
    BatchSize = 20, TimeSteps = 35, Variants = typeof(Regime), Backends = Backends.Cpu | Backends.Cuda, Initializer = Initializer.Uniform, InitialRange = 0.05)]
public partial class Wide20
{
    private const int Units = 1150;

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
