using System;
using System.Collections.Generic;
using System.Linq;
using SdCompiler.Trainer.Tests.Harness;
using SdCompiler.Trainer.Tests.Reference;

namespace SdCompiler.Trainer.Tests.Training;

/// <summary>Models that the tests of whole training steps share: between them they have every kind of layer and mask.</summary>
internal static class TrainingModels
{
    private static readonly Lazy<CompiledModels> LazyCompiled = new(() => CompiledModels.Compile(All!));

    /// <summary>A language model wide enough that three threads all have work, with a body for lists of kept units and one for multipliers.</summary>
    public static ModelSource Language { get; } = new("Language", new ModelSpec(
        new EmbeddingSpec("Words", 70, 20) { OutputDropout = 0.2, WordDropout = 0.1 },
        new LstmSpec("Memory", 30) { Layers = 2, InputDropout = 0.5, RecurrentDropout = 0.4, OutputDropout = 0.3 },
        new SoftmaxSpec("Next", 70) { InputDropout = 0.5 }))
    {
        BatchSize = 4,
        TimeSteps = 6,
        Variants =
        [
            new VariantSource("Structured", DropoutPattern.Structured),
            new VariantSource("Bernoulli", DropoutPattern.StructuredFixed, DropoutSites.All, MaskSampling.Bernoulli),
            new VariantSource("Random", DropoutPattern.Random),
            new VariantSource("Dense", DropoutPattern.Structured, DropoutSites.None),
        ],
    };

    /// <summary>Tied weights.</summary>
    public static ModelSource Tied { get; } = new("Tied", new ModelSpec(
        new EmbeddingSpec("Words", 40, 12), new LstmSpec("Memory", 12) { InputDropout = 0.5 }, new SoftmaxSpec("Next", 40) { TiedTo = "Words", InputDropout = 0.5 }));

    /// <summary>A regression over numbers and tokens.</summary>
    public static ModelSource Regression { get; } = new("Forecast", new ModelSpec(
        new EmbeddingSpec("Kind", 6, 4) { OutputDropout = 0.25 },
        new SeriesSpec("Sensors", 5),
        new ConcatSpec("Inputs", "Kind", "Sensors"),
        new LstmSpec("Memory", 20) { InputDropout = 0.3, RecurrentDropout = 0.3 },
        new LinearSpec("Head", 40, Activation.Relu) { InputDropout = 0.5, InputPattern = DropoutPattern.Random },
        new RegressionSpec("Output", 2)));

    /// <summary>One class for each sequence.</summary>
    public static ModelSource Classification { get; } = new("Classifier", new ModelSpec(
        new EmbeddingSpec("Words", 30, 10), new LstmSpec("Memory", 24) { RecurrentDropout = 0.5 }, new ClassificationSpec("Label", 5) { InputDropout = 0.4 }));

    /// <summary>A tag for each word of whole sentences.</summary>
    public static ModelSource Tags { get; } = new("Tagger", new ModelSpec(
        new EmbeddingSpec("Words", 30, 10),
        new LstmSpec("Context", 24) { InputDropout = 0.5, RecurrentDropout = 0.5 },
        new CrfSpec("Labels", 9) { Dimension = "LabelCount", InputDropout = 0.4 }));

    /// <summary>A tagger of whole sentences, read in both directions of time.</summary>
    public static ModelSource BothDirections { get; } = new("BothDirections", new ModelSpec(
        new EmbeddingSpec("Words", 40, 12),
        new LstmSpec("Context", 20) { Direction = Direction.Both, Layers = 2, InputDropout = 0.5, RecurrentDropout = 0.4, OutputDropout = 0.3 },
        new SoftmaxSpec("Tags", 6) { InputDropout = 0.5, IgnoreIndex = -100 }))
    {
        BatchSize = 4,
        TimeSteps = 6,
        Variants = [new VariantSource("Structured", DropoutPattern.Structured), new VariantSource("Random", DropoutPattern.Random)],
    };

    /// <summary>One class for each sentence, read in both directions of time, in more steps than are unrolled.</summary>
    public static ModelSource Sentiment { get; } = new("Sentiment", new ModelSpec(
        new EmbeddingSpec("Words", 30, 10), new LstmSpec("Context", 12) { Direction = Direction.Both, RecurrentDropout = 0.5 }, new ClassificationSpec("Label", 5) { InputDropout = 0.4 }))
    {
        TimeSteps = 66,
    };

    /// <summary>Words and the characters that they are made of.</summary>
    public static ModelSource Spelling { get; } = new("Speller", new ModelSpec(
        new EmbeddingSpec("Words", 30, 10),
        new CharacterCnnSpec("Letters", 20, 12) { Dimension = "Alphabet", Filters = 37, MaximumLength = 9, InputDropout = 0.5 },
        new ConcatSpec("Token", "Words", "Letters"),
        new LstmSpec("Context", 24) { InputDropout = 0.5 },
        new SoftmaxSpec("Next", 9)))
    {
        Variants =
        [
            new VariantSource("Structured", DropoutPattern.Structured),
            new VariantSource("Random", DropoutPattern.Random),
        ],
    };

    /// <summary>An encoder-decoder with input feeding, with a body for lists of kept units and one for multipliers.</summary>
    public static ModelSource Translator { get; } = new("Translator", Agreement.TranslatorSpecs.Of("General", feedback: true, rate: 0.4, units: 40))
    {
        BatchSize = 4,
        TimeSteps = 6,
        Variants = [new VariantSource("Structured", DropoutPattern.Structured), new VariantSource("Random", DropoutPattern.Random)],
    };

    /// <summary>An encoder-decoder as Luong's: nothing is dropped, and so nothing copied, between the encoder's states and the decoder's.</summary>
    public static ModelSource Luong { get; } = new("Luong", new ModelSpec(
        new EmbeddingSpec("Source", 17, 20),
        new LstmSpec("Encoder", 20) { Layers = 2, InputDropout = 0.3, RecurrentDropout = 0.3 },
        new EmbeddingSpec("Target", 13, 20),
        new LstmSpec("Decoder", 20) { Layers = 2, InitialState = "Encoder", Feedback = "Attended", InputDropout = 0.3, RecurrentDropout = 0.3 },
        new AttentionSpec("Attended", "Encoder") { OutputDropout = 0.3 },
        new SoftmaxSpec("Next", 13) { Predicts = "Target" }))
    {
        BatchSize = 4,
        TimeSteps = 6,
        Variants =
        [
            new VariantSource("Structured", DropoutPattern.Structured),
            new VariantSource("Input", DropoutPattern.Structured, DropoutSites.Input),
            new VariantSource("Random", DropoutPattern.Random),
            new VariantSource("Dense", DropoutPattern.Structured, DropoutSites.None),
        ],
    };

    /// <summary>An encoder-decoder whose attention runs over whole windows.</summary>
    public static ModelSource Concatenating { get; } = new("Concatenating", Agreement.TranslatorSpecs.Of("Concat", feedback: false, rate: 0.4, units: 40)) { BatchSize = 4, TimeSteps = 5 };

    /// <summary>Sentences of words, each of which an LSTM reads character by character from both ends.</summary>
    public static ModelSource Letters { get; } = new("LetterTagger", new ModelSpec(
        new EmbeddingSpec("Words", 30, 10),
        new CharacterLstmSpec("Letters", 20, 12) { Dimension = "Alphabet", Units = 21, MaximumLength = 9, InputDropout = 0.5 },
        new ConcatSpec("Token", "Words", "Letters"),
        new LstmSpec("Context", 16) { Direction = Direction.Both, InputDropout = 0.5 },
        new CrfSpec("Tags", 5)))
    {
        BatchSize = 4,
        TimeSteps = 6,
        Variants =
        [
            new VariantSource("Structured", DropoutPattern.Structured),
            new VariantSource("Random", DropoutPattern.Random),
            new VariantSource("Dense", DropoutPattern.Structured, DropoutSites.None),
        ],
    };

    /// <summary>A stream of words, each read character by character, in more characters than are unrolled.</summary>
    public static ModelSource LetterStream { get; } = new("LetterStream", new ModelSpec(
        new CharacterLstmSpec("Letters", 20, 7) { Units = 11, MaximumLength = 67, InputDropout = 0.5, InputPattern = DropoutPattern.RandomFixed },
        new LstmSpec("Context", 16) { InputDropout = 0.5 },
        new SoftmaxSpec("Next", 9)));

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ModelSource> All { get; } = [Language, Tied, Regression, Classification, BothDirections, Sentiment, Tags, Spelling, Letters, LetterStream, AwdModel.Source, Translator, Luong, Concatenating, MixtureModels.Tied, MixtureModels.Sentences];

    /// <summary>Those that carry a state from window to window, so that a row may have any length.</summary>
    public static IEnumerable<ModelSource> Streams => All.Where(source => !source.Spec.IsSentenceModel);

    /// <summary>Those whose rows are whole sentences, of which the predictor gives what the model makes of each step; translators search instead.</summary>
    public static IEnumerable<ModelSource> Sentences => All.Where(source => source.Spec.IsSentenceModel && !source.Spec.HasSource);

    /// <summary>All of them, compiled once for the tests of this process.</summary>
    public static CompiledModels Compiled => LazyCompiled.Value;

    /// <summary>Every model with each of its variants; null where a model has none.</summary>
    public static IEnumerable<(ModelSource Source, string? Variant)> Variants() => All.SelectMany(source =>
        source.Variants.Count == 0 ? [(source, null)] : source.Variants.Select(variant => (source, (string?)variant.Name)));

    /// <summary>Different data for each step: full windows, shorter ones, fewer rows, rows of different lengths.</summary>
    public static ReferenceWindow Window(ModelSource source, int step)
    {
        int steps = step % 3 == 1 ? source.TimeSteps - 1 : source.TimeSteps;
        int rows = step % 4 == 2 ? source.BatchSize - 1 : source.BatchSize;
        int[]? lengths = step % 5 == 3 ? Enumerable.Range(0, rows).Select(row => row == 1 ? steps : 1 + (row % steps)).ToArray() : null;
        // The rows that are longest on this side may be the shortest on the other.
        return TestData.Window(source.Spec, steps, rows, 100 + step, lengths, Enumerable.Range(0, rows).Select(row => 1 + ((row + step) % source.TimeSteps)).ToArray());
    }
}
