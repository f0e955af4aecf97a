namespace SdCompiler.Samples.Tagger.Models;

/// <summary>Tags the words of a sentence.</summary>
[StructuredDropoutLstm(BatchSize = 10, TimeSteps = 128, Variants = typeof(Dropout), Initializer = Initializer.Glorot)]
public partial class EntityTagger
{
    /// <summary>Numbers of a word.</summary>
    private const int WordWidth = 100;

    /// <summary>sqrt(3 / <see cref="WordWidth"/>): words without a vector begin with numbers of variance 1 / width.</summary>
    private const double WordRange = 0.17320508075688773;

    private const int Units = 200;
    private const double Drop = 0.5;

    /// <summary>Words of the vocabulary.</summary>
    [Dimension]
    public partial int WordTypes { get; }

    /// <summary>Tags.</summary>
    [Dimension]
    public partial int Labels { get; }

    /// <summary>One vector per word.</summary>
    [Embedding(nameof(WordTypes), WordWidth, Initializer = Initializer.Uniform, InitialRange = WordRange)]
    public partial EmbeddingLayer Words { get; }

    /// <summary>The words before.</summary>
    [Lstm(Units, InputDropout = Drop, RecurrentDropout = Drop, ForgetBias = 1)]
    public partial LstmLayer Context { get; }

    /// <summary>The tag of each word.</summary>
    [Softmax(nameof(Labels), InputDropout = Drop)]
    public partial SoftmaxLayer Tags { get; }
}
