namespace SdCompiler.Samples.LanguageModel.Models;

/// <summary>The large model of Zaremba et al. 2014 (arXiv:1409.2329): 2 layers of 1,500 units.</summary>
[StructuredDropoutLstm(BatchSize = 20, TimeSteps = 35, Variants = typeof(Dropout), Backends = Backends.Cpu | Backends.Cuda, Initializer = Initializer.Uniform, InitialRange = 0.04)]
public partial class ZarembaLarge
{
    private const int Units = 1500;

    /// <summary>The paper drops non-recurrent connections only; recurrent ones get the same rate where a variant drops them.</summary>
    private const double Drop = 0.65;

    /// <summary>Words of the vocabulary.</summary>
    [Dimension]
    public partial int Vocabulary { get; }

    /// <summary>One vector per word.</summary>
    [Embedding(nameof(Vocabulary), Units)]
    public partial EmbeddingLayer Words { get; }

    /// <summary>The layer above the words.</summary>
    [Lstm(Units, InputDropout = Drop, RecurrentDropout = Drop)]
    public partial LstmLayer Lower { get; }

    /// <summary>The second layer.</summary>
    [Lstm(Units, InputDropout = Drop, RecurrentDropout = Drop)]
    public partial LstmLayer Upper { get; }

    /// <summary>The distribution of the next word.</summary>
    [Softmax(nameof(Vocabulary), InputDropout = Drop)]
    public partial SoftmaxLayer NextWord { get; }
}
