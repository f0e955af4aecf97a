namespace SdCompiler.Samples.LanguageModel.Models;

/// <summary>The small model of Zaremba et al. 2014 (arXiv:1409.2329): 2 layers of 200 units. The paper trains it without dropout, so all its variants are the dense model.</summary>
[StructuredDropoutLstm(BatchSize = 20, TimeSteps = 20, Variants = typeof(Dropout), Backends = Backends.Cpu | Backends.Cuda, Initializer = Initializer.Uniform, InitialRange = 0.1)]
public partial class ZarembaSmall
{
    private const int Units = 200;

    /// <summary>Words of the vocabulary.</summary>
    [Dimension]
    public partial int Vocabulary { get; }

    /// <summary>One vector per word.</summary>
    [Embedding(nameof(Vocabulary), Units)]
    public partial EmbeddingLayer Words { get; }

    /// <summary>The layer above the words.</summary>
    [Lstm(Units)]
    public partial LstmLayer Lower { get; }

    /// <summary>The second layer.</summary>
    [Lstm(Units)]
    public partial LstmLayer Upper { get; }

    /// <summary>The distribution of the next word.</summary>
    [Softmax(nameof(Vocabulary))]
    public partial SoftmaxLayer NextWord { get; }
}
