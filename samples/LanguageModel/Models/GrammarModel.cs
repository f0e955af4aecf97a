namespace SdCompiler.Samples.LanguageModel.Models;

/// <summary>One layer of 200 units: large enough to learn the sample's own small text by heart when nothing is dropped.</summary>
[StructuredDropoutLstm(BatchSize = 20, TimeSteps = 20, Variants = typeof(Dropout), Backends = Backends.Cpu | Backends.Cuda, Initializer = Initializer.Uniform, InitialRange = 0.1)]
public partial class GrammarModel
{
    private const int Units = 200;
    private const double Drop = 0.5;

    /// <summary>Words of the vocabulary.</summary>
    [Dimension]
    public partial int Vocabulary { get; }

    /// <summary>One vector per word.</summary>
    [Embedding(nameof(Vocabulary), Units)]
    public partial EmbeddingLayer Words { get; }

    /// <summary>The layer that remembers.</summary>
    [Lstm(Units, InputDropout = Drop, RecurrentDropout = Drop)]
    public partial LstmLayer Memory { get; }

    /// <summary>The distribution of the next word.</summary>
    [Softmax(nameof(Vocabulary), InputDropout = Drop)]
    public partial SoftmaxLayer NextWord { get; }
}
