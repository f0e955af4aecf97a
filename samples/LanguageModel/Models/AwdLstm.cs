namespace SdCompiler.Samples.LanguageModel.Models;

/// <summary>AWD-LSTM of Merity, Keskar and Socher 2017 (arXiv:1708.02182): 3 layers of 1,150, 1,150 and 400 units. Windows have about 70 steps; 90 hold all but three of 100,000 draws.</summary>
[StructuredDropoutLstm(BatchSize = 20, TimeSteps = 90, Variants = typeof(AwdDropout))]
public partial class AwdLstm
{
    private const int Width = 400;
    private const int Units = 1150;
    private const double WeightDrop = 0.5;
    private const double HiddenDrop = 0.25;

    /// <summary>Words of the vocabulary.</summary>
    [Dimension]
    public partial int Vocabulary { get; }

    /// <summary>One vector per word, which is also the word's row of the softmax.</summary>
    [Embedding(nameof(Vocabulary), Width, WordDropout = 0.1)]
    public partial EmbeddingLayer Words { get; }

    /// <summary>The layer above the words.</summary>
    [Lstm(Units, InputDropout = 0.4, WeightDropout = WeightDrop)]
    public partial LstmLayer Lower { get; }

    /// <summary>The second layer.</summary>
    [Lstm(Units, InputDropout = HiddenDrop, WeightDropout = WeightDrop)]
    public partial LstmLayer Middle { get; }

    /// <summary>The third layer, as wide as a word's vector; its output is penalised, and so are its changes.</summary>
    [Lstm(Width, InputDropout = HiddenDrop, WeightDropout = WeightDrop, OutputDropout = 0.4, ActivationPenalty = 2, TemporalPenalty = 1)]
    public partial LstmLayer Upper { get; }

    /// <summary>The distribution of the next word.</summary>
    [Softmax(nameof(Vocabulary), TiedTo = nameof(Words), Initializer = Initializer.Uniform, InitialRange = 0.1)]
    public partial SoftmaxLayer NextWord { get; }
}
