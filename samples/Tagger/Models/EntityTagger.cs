using SdCompiler.Samples.Tagger.Data;

namespace SdCompiler.Samples.Tagger.Models;

/// <summary>Tags the words of a sentence, and trains their vectors too.</summary>
[StructuredDropoutLstm(BatchSize = 10, TimeSteps = 128, Variants = typeof(Dropout), Initializer = Initializer.Glorot)]
public partial class EntityTagger
{
    /// <summary>Numbers of a word, in each class of this sample.</summary>
    internal const int WordWidth = 100;

    /// <summary>sqrt(3 / <see cref="WordWidth"/>): words without a vector begin with numbers of variance 1 / width.</summary>
    private const double WordRange = 0.17320508075688773;

    private const int Units = 200;
    private const double Drop = 0.5;

    /// <summary>Words of the vocabulary.</summary>
    [Dimension]
    public partial int WordTypes { get; }

    /// <summary>Characters of the vocabulary.</summary>
    [Dimension]
    public partial int CharacterTypes { get; }

    /// <summary>Tags.</summary>
    [Dimension]
    public partial int Labels { get; }

    /// <summary>One vector per word.</summary>
    [Embedding(nameof(WordTypes), WordWidth, Initializer = Initializer.Uniform, InitialRange = WordRange)]
    public partial EmbeddingLayer Words { get; }

    /// <summary>A vector for each word from its characters.</summary>
    [CharacterCnn(nameof(CharacterTypes), 30, Filters = 30, Window = 3, MaximumLength = SentenceEncoder.WordCharacters, InputDropout = Drop)]
    public partial CharacterCnnLayer Spelling { get; }

    /// <summary>What is known of a word by itself.</summary>
    [Concat(nameof(Words), nameof(Spelling))]
    public partial ConcatLayer Token { get; }

    /// <summary>The sentence from both ends.</summary>
    [Lstm(Units, Direction = Direction.Both, InputDropout = Drop, RecurrentDropout = Drop, ForgetBias = 1)]
    public partial LstmLayer Context { get; }

    /// <summary>The tags of the whole sentence.</summary>
    [Crf(nameof(Labels), InputDropout = Drop)]
    public partial CrfLayer Tags { get; }
}
