namespace SdCompiler.Samples.Translator.Models;

/// <summary>The encoder-decoder of OpenNMT-py 0.1's defaults: 2 layers of 500 units on each side, general attention and input feeding (Luong et al. 2015, arXiv:1508.04025).</summary>
[StructuredDropoutLstm(BatchSize = 64, TimeSteps = 80, Variants = typeof(Dropout), Initializer = Initializer.Uniform, InitialRange = 0.1)]
public partial class LuongTranslator
{
    private const int Units = 500;
    private const double Drop = 0.3;

    /// <summary>Words or subwords of the source language.</summary>
    [Dimension]
    public partial int SourceWords { get; }

    /// <summary>Words or subwords of the target language.</summary>
    [Dimension]
    public partial int TargetWords { get; }

    /// <summary>One vector per source word.</summary>
    [Embedding(nameof(SourceWords), Units)]
    public partial EmbeddingLayer Source { get; }

    /// <summary>Reads the sentence.</summary>
    [Lstm(Units, Layers = 2, InputDropout = Drop, RecurrentDropout = Drop)]
    public partial LstmLayer Encoder { get; }

    /// <summary>One vector per target word.</summary>
    [Embedding(nameof(TargetWords), Units)]
    public partial EmbeddingLayer Target { get; }

    /// <summary>Writes the translation; reads the last word, and what the attention gave for it.</summary>
    [Lstm(Units, Layers = 2, InitialState = nameof(Encoder), Feedback = nameof(Attended), InputDropout = Drop, RecurrentDropout = Drop)]
    public partial LstmLayer Decoder { get; }

    /// <summary>Looks at the source sentence.</summary>
    [Attention(nameof(Encoder), Score = AttentionScore.General, OutputDropout = Drop)]
    public partial AttentionLayer Attended { get; }

    /// <summary>The distribution of the next word.</summary>
    [Softmax(nameof(TargetWords), Predicts = nameof(Target))]
    public partial SoftmaxLayer NextWord { get; }
}
