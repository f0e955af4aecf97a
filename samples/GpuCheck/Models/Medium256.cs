namespace SdCompiler.Samples.GpuCheck.Models;

/// <summary>2 layers of 650 units: the medium model of Zaremba et al. 2014 (arXiv:1409.2329), in steps of 256 rows.</summary>
[StructuredDropoutLstm(
    BatchSize = 256, TimeSteps = 35, Variants = typeof(Regime), Backends = Backends.Cpu | Backends.Cuda, Initializer = Initializer.Uniform, InitialRange = 0.05)]
public partial class Medium256
{
    private const int Units = 650;

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
