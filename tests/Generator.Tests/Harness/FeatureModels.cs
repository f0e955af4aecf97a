using System.Collections.Generic;
using System.Linq;

namespace SdCompiler.Generator.Tests.Harness;

/// <summary>One small model for each feature: what pass tests print, and whose emitted files are snapshots.</summary>
internal static class FeatureModels
{
    private const string Head = """
        using SdCompiler;
        namespace Demo;

        """;

    private static readonly Dictionary<string, string> Sources = new()
    {
        ["LanguageModel"] = Model("BatchSize = 3, TimeSteps = 2", """
            [Dimension] public partial int Vocabulary { get; }
            [Embedding(nameof(Vocabulary), 6)] public partial EmbeddingLayer Words { get; }
            [Lstm(8, InputDropout = 0.5, RecurrentDropout = 0.25)] public partial LstmLayer Memory { get; }
            [Softmax(nameof(Vocabulary), InputDropout = 0.5)] public partial SoftmaxLayer NextWord { get; }
            """),
        ["Dense"] = Model("BatchSize = 3, TimeSteps = 2", """
            [Embedding(20, 6)] public partial EmbeddingLayer Words { get; }
            [Lstm(5)] public partial LstmLayer Memory { get; }
            [Softmax(20)] public partial SoftmaxLayer NextWord { get; }
            """),
        ["Random"] = Model("BatchSize = 3, TimeSteps = 2, Pattern = DropoutPattern.Random", """
            [Embedding(20, 6)] public partial EmbeddingLayer Words { get; }
            [Lstm(8, InputDropout = 0.5, RecurrentDropout = 0.25)] public partial LstmLayer Memory { get; }
            [Softmax(20, InputDropout = 0.5)] public partial SoftmaxLayer NextWord { get; }
            """),
        ["Variants"] = Model("BatchSize = 3, TimeSteps = 2, Variants = typeof(Dropout)", """
            [Embedding(20, 6)] public partial EmbeddingLayer Words { get; }
            [Lstm(8, InputDropout = 0.5, RecurrentDropout = 0.25)] public partial LstmLayer Memory { get; }
            [Softmax(20, InputDropout = 0.5)] public partial SoftmaxLayer NextWord { get; }
            """, """
            public enum Dropout
            {
                [Variant(Pattern = DropoutPattern.Structured)] Structured,
                [Variant(Pattern = DropoutPattern.StructuredFixed, Sampling = MaskSampling.Bernoulli)] Fixed,
                [Variant(Pattern = DropoutPattern.Random, Sites = DropoutSites.Input)] RandomInput,
                [Variant(Sites = DropoutSites.None)] Dense,
            }

            """),
        ["Stack"] = Model("BatchSize = 2, TimeSteps = 2", """
            [Series(3)] public partial SeriesLayer Sensors { get; }
            [Lstm(8, Layers = 2, InputDropout = 0.5)] public partial LstmLayer Memory { get; }
            [Linear(4, Activation = Activation.Tanh, InputDropout = 0.25)] public partial LinearLayer Head { get; }
            [Regression(1)] public partial RegressionLayer Load { get; }
            """),
        ["BothDirections"] = Model("BatchSize = 2, TimeSteps = 2", """
            [Dimension] public partial int Vocabulary { get; }
            [Embedding(nameof(Vocabulary), 4)] public partial EmbeddingLayer Words { get; }
            [Lstm(8, Direction = Direction.Both, InputDropout = 0.5, RecurrentDropout = 0.25)] public partial LstmLayer Context { get; }
            [Softmax(5, InputDropout = 0.5)] public partial SoftmaxLayer Tags { get; }
            """),
        ["BothDirectionsStack"] = Model("BatchSize = 2, TimeSteps = 2, Pattern = DropoutPattern.Random", """
            [Series(3)] public partial SeriesLayer Sensors { get; }
            [Lstm(4, Layers = 2, Direction = Direction.Both, RecurrentDropout = 0.25, OutputDropout = 0.25)] public partial LstmLayer Context { get; }
            [Classification(3)] public partial ClassificationLayer Kind { get; }
            """),
        ["Concat"] = Model("BatchSize = 2, TimeSteps = 2", """
            [Embedding(10, 4, OutputDropout = 0.5)] public partial EmbeddingLayer Words { get; }
            [Series(3)] public partial SeriesLayer Sensors { get; }
            [Concat(nameof(Words), nameof(Sensors))] public partial ConcatLayer Both { get; }
            [Lstm(8)] public partial LstmLayer Memory { get; }
            [Classification(3, InputDropout = 0.5)] public partial ClassificationLayer Kind { get; }
            """),
        ["Tied"] = Model("BatchSize = 2, TimeSteps = 2", """
            [Dimension] public partial int Vocabulary { get; }
            [Embedding(nameof(Vocabulary), 8, WordDropout = 0.1)] public partial EmbeddingLayer Words { get; }
            [Lstm(8)] public partial LstmLayer Memory { get; }
            [Softmax(nameof(Vocabulary), TiedTo = nameof(Words))] public partial SoftmaxLayer NextWord { get; }
            """),
        ["Frozen"] = Model("BatchSize = 2, TimeSteps = 2", """
            [Dimension] public partial int WordTypes { get; }
            [Embedding(nameof(WordTypes), 8, Trainable = false, OutputDropout = 0.5)] public partial EmbeddingLayer Words { get; }
            [Embedding(5, 3)] public partial EmbeddingLayer Shapes { get; }
            [Concat(nameof(Words), nameof(Shapes))] public partial ConcatLayer Token { get; }
            [Lstm(8)] public partial LstmLayer Memory { get; }
            [Linear(4, From = nameof(Words))] public partial LinearLayer Skip { get; }
            [Concat(nameof(Memory), nameof(Skip))] public partial ConcatLayer All { get; }
            [Softmax(10)] public partial SoftmaxLayer Label { get; }
            """),
        ["Awd"] = Model("BatchSize = 2, TimeSteps = 2, Variants = typeof(Dropout)", """
            [Embedding(20, 4, WordDropout = 0.1)] public partial EmbeddingLayer Words { get; }
            [Lstm(8, InputDropout = 0.5, WeightDropout = 0.5)] public partial LstmLayer Lower { get; }
            [Lstm(4, InputDropout = 0.25, WeightDropout = 0.5, OutputDropout = 0.5, ActivationPenalty = 2, TemporalPenalty = 1)] public partial LstmLayer Upper { get; }
            [Softmax(20, TiedTo = nameof(Words), LabelSmoothing = 0.1)] public partial SoftmaxLayer NextWord { get; }
            """, """
            public enum Dropout
            {
                [Variant(Pattern = DropoutPattern.RandomFixed)] Random,
                [Variant(Pattern = DropoutPattern.Structured)] Structured,
            }

            """),
        ["Readers"] = Model("BatchSize = 2, TimeSteps = 2", """
            [Embedding(10, 4)] public partial EmbeddingLayer Words { get; }
            [Lstm(8, OutputDropout = 0.5)] public partial LstmLayer Lower { get; }
            [Lstm(8, InputDropout = 0.25, RecurrentPattern = DropoutPattern.RandomFixed, RecurrentDropout = 0.5)] public partial LstmLayer Upper { get; }
            [Linear(4, From = nameof(Lower))] public partial LinearLayer Skip { get; }
            [Concat(nameof(Upper), nameof(Skip), nameof(Lower))] public partial ConcatLayer All { get; }
            [Softmax(10)] public partial SoftmaxLayer Label { get; }
            """),
        ["Cuda"] = Model("BatchSize = 3, TimeSteps = 2, Variants = typeof(Dropout), Backends = Backends.Cpu | Backends.Cuda", """
            [Dimension] public partial int Vocabulary { get; }
            [Embedding(nameof(Vocabulary), 6)] public partial EmbeddingLayer Words { get; }
            [Lstm(8, InputDropout = 0.5, RecurrentDropout = 0.25)] public partial LstmLayer Memory { get; }
            [Softmax(nameof(Vocabulary), InputDropout = 0.5)] public partial SoftmaxLayer NextWord { get; }
            """, """
            public enum Dropout
            {
                [Variant(Pattern = DropoutPattern.Structured)] Structured,
                [Variant(Pattern = DropoutPattern.Random)] Random,
            }

            """),
        ["CudaBranches"] = Model("BatchSize = 2, TimeSteps = 2, Backends = Backends.Cuda", """
            [Embedding(10, 4, OutputDropout = 0.5)] public partial EmbeddingLayer Words { get; }
            [Series(3)] public partial SeriesLayer Sensors { get; }
            [Concat(nameof(Words), nameof(Sensors))] public partial ConcatLayer Both { get; }
            [Lstm(8)] public partial LstmLayer Memory { get; }
            [Classification(3, InputDropout = 0.5)] public partial ClassificationLayer Kind { get; }
            """),
        ["CudaFixed"] = Model("BatchSize = 3, TimeSteps = 2, Pattern = DropoutPattern.StructuredFixed, Backends = Backends.Cuda", """
            [Embedding(20, 6)] public partial EmbeddingLayer Words { get; }
            [Lstm(8, InputDropout = 0.5, RecurrentDropout = 0.25)] public partial LstmLayer Memory { get; }
            [Softmax(20, InputDropout = 0.5)] public partial SoftmaxLayer NextWord { get; }
            """),
        ["CudaSeries"] = Model("BatchSize = 40, TimeSteps = 2, Backends = Backends.Cuda", """
            [Series(3)] public partial SeriesLayer Sensors { get; }
            [Lstm(12)] public partial LstmLayer Memory { get; }
            [Linear(4, Activation = Activation.Tanh, InputDropout = 0.25)] public partial LinearLayer Head { get; }
            [Regression(1)] public partial RegressionLayer Load { get; }
            """),
        ["Crf"] = Model("BatchSize = 3, TimeSteps = 2", """
            [Dimension] public partial int Labels { get; }
            [Embedding(20, 6)] public partial EmbeddingLayer Words { get; }
            [Lstm(8, InputDropout = 0.5, RecurrentDropout = 0.25)] public partial LstmLayer Context { get; }
            [Crf(nameof(Labels), InputDropout = 0.5)] public partial CrfLayer Tags { get; }
            """),
        ["CrfNine"] = Model("BatchSize = 3, TimeSteps = 2, Pattern = DropoutPattern.Random", """
            [Embedding(20, 6)] public partial EmbeddingLayer Words { get; }
            [Lstm(8)] public partial LstmLayer Context { get; }
            [Crf(9, InputDropout = 0.5)] public partial CrfLayer Tags { get; }
            """),
        ["Characters"] = Model("BatchSize = 2, TimeSteps = 2", """
            [Dimension] public partial int CharacterTypes { get; }
            [Embedding(20, 6)] public partial EmbeddingLayer Words { get; }
            [CharacterCnn(nameof(CharacterTypes), 8, Filters = 5, MaximumLength = 10, InputDropout = 0.5)] public partial CharacterCnnLayer Spelling { get; }
            [Concat(nameof(Words), nameof(Spelling))] public partial ConcatLayer Token { get; }
            [Lstm(8, InputDropout = 0.5)] public partial LstmLayer Context { get; }
            [Crf(4)] public partial CrfLayer Tags { get; }
            """),
        ["CharactersRandom"] = Model("BatchSize = 2, TimeSteps = 2, Pattern = DropoutPattern.Random", """
            [CharacterCnn(50, 8, InputDropout = 0.5)] public partial CharacterCnnLayer Spelling { get; }
            [Lstm(8)] public partial LstmLayer Context { get; }
            [Classification(4)] public partial ClassificationLayer Language { get; }
            """),
        ["Translator"] = Model("BatchSize = 2, TimeSteps = 2, Variants = typeof(Dropout)", """
            [Dimension] public partial int Words { get; }
            [Embedding(10, 4)] public partial EmbeddingLayer Source { get; }
            [Lstm(8, Layers = 2, InputDropout = 0.25)] public partial LstmLayer Encoder { get; }
            [Embedding(nameof(Words), 4)] public partial EmbeddingLayer Target { get; }
            [Lstm(8, Layers = 2, InitialState = nameof(Encoder), Feedback = nameof(Attended), InputDropout = 0.25, RecurrentDropout = 0.25)] public partial LstmLayer Decoder { get; }
            [Attention(nameof(Encoder), OutputDropout = 0.25)] public partial AttentionLayer Attended { get; }
            [Softmax(nameof(Words), Predicts = nameof(Target))] public partial SoftmaxLayer NextWord { get; }
            """, """
            public enum Dropout
            {
                [Variant(Pattern = DropoutPattern.Structured)] Structured,
                [Variant(Pattern = DropoutPattern.Random)] Random,
            }

            """),
        ["TranslatorWithoutFeedback"] = Model("BatchSize = 2, TimeSteps = 2", """
            [Embedding(10, 4)] public partial EmbeddingLayer Source { get; }
            [Lstm(8)] public partial LstmLayer Encoder { get; }
            [Embedding(12, 4)] public partial EmbeddingLayer Target { get; }
            [Lstm(6, OutputDropout = 0.5)] public partial LstmLayer Decoder { get; }
            [Attention(nameof(Encoder), Score = AttentionScore.Concat)] public partial AttentionLayer Attended { get; }
            [Softmax(12, Predicts = nameof(Target))] public partial SoftmaxLayer NextWord { get; }
            """),
        ["Letters"] = Model("BatchSize = 2, TimeSteps = 2", """
            [Dimension] public partial int CharacterTypes { get; }
            [Embedding(20, 6)] public partial EmbeddingLayer Words { get; }
            [CharacterLstm(nameof(CharacterTypes), 8, Units = 5, MaximumLength = 3, InputDropout = 0.5)] public partial CharacterLstmLayer Spelling { get; }
            [Concat(nameof(Words), nameof(Spelling))] public partial ConcatLayer Token { get; }
            [Lstm(8, InputDropout = 0.5)] public partial LstmLayer Context { get; }
            [Crf(4)] public partial CrfLayer Tags { get; }
            """),
        ["LettersRandom"] = Model("BatchSize = 2, TimeSteps = 2, Pattern = DropoutPattern.Random", """
            [CharacterLstm(50, 8, Units = 5, MaximumLength = 2, InputDropout = 0.5, ForgetBias = 1)] public partial CharacterLstmLayer Spelling { get; }
            [Lstm(8)] public partial LstmLayer Context { get; }
            [Softmax(4)] public partial SoftmaxLayer Next { get; }
            """),
        ["Mixture"] = Model("BatchSize = 3, TimeSteps = 2", """
            [Dimension] public partial int Vocabulary { get; }
            [Embedding(nameof(Vocabulary), 6, OutputDropout = 0.5)] public partial EmbeddingLayer Words { get; }
            [Lstm(8, OutputDropout = 0.5)] public partial LstmLayer Memory { get; }
            [MixtureOfSoftmaxes(nameof(Vocabulary), Experts = 3, Width = 6, TiedTo = nameof(Words), LatentDropout = 0.5)] public partial MixtureOfSoftmaxesLayer NextWord { get; }
            """),
        ["MixtureRandom"] = Model("BatchSize = 3, TimeSteps = 2, Pattern = DropoutPattern.RandomFixed", """
            [Embedding(20, 6)] public partial EmbeddingLayer Words { get; }
            [Lstm(8, Direction = Direction.Both)] public partial LstmLayer Context { get; }
            [MixtureOfSoftmaxes(9, Experts = 2, InputDropout = 0.5, LatentDropout = 0.5)] public partial MixtureOfSoftmaxesLayer Tags { get; }
            """),
        ["Long"] = Model("BatchSize = 2, TimeSteps = 70", """
            [Embedding(10, 4)] public partial EmbeddingLayer Words { get; }
            [Lstm(8, RecurrentDropout = 0.5, RecurrentPattern = DropoutPattern.Random)] public partial LstmLayer Memory { get; }
            [Softmax(10)] public partial SoftmaxLayer NextWord { get; }
            """),
    };

    /// <summary>The names of the features.</summary>
    public static IEnumerable<string> Names => Sources.Keys.OrderBy(name => name, System.StringComparer.Ordinal);

    /// <summary>The source of a feature's model; its class has the feature's name.</summary>
    public static string Source(string name) => Sources[name].Replace("CLASS", name, System.StringComparison.Ordinal);

    private static string Model(string settings, string layers, string before = "") =>
        Head + before + $"[StructuredDropoutLstm({settings})]\npublic partial class CLASS\n{{\n    {layers.ReplaceLineEndings("\n").Replace("\n", "\n    ", System.StringComparison.Ordinal)}\n}}\n";
}
