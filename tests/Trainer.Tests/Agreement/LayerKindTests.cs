using SdCompiler.Trainer.Tests.Harness;
using SdCompiler.Trainer.Tests.Reference;
using Xunit;

namespace SdCompiler.Trainer.Tests.Agreement;

/// <summary>Layer kinds and options that <see cref="PatternTests"/> has not: ties, ignored targets, whole words, activations, patterns of single sites.</summary>
public sealed class LayerKindTests
{
    [Fact]
    public void Tied_softmax() => Check(new(
        new EmbeddingSpec("Words", 37, 5) { OutputDropout = 0.3 },
        new LstmSpec("Memory", 5) { InputDropout = 0.4 },
        new SoftmaxSpec("Next", 37) { TiedTo = "Words", InputDropout = 0.4 }));

    [Fact]
    public void Tied_softmax_with_word_dropout_and_dimension() => Check(new(
        new EmbeddingSpec("Words", 7, 8) { WordDropout = 0.4, Dimension = "Vocabulary" },
        new LstmSpec("Memory", 8) { InputDropout = 0.4 },
        new SoftmaxSpec("Next", 7) { TiedTo = "Words", Dimension = "Vocabulary" }));

    [Fact]
    public void Word_dropout() => Check(new(
        new EmbeddingSpec("Words", 7, 5) { WordDropout = 0.5 }, new LstmSpec("Memory", 6), new SoftmaxSpec("Next", 4)));

    [Fact]
    public void Ignored_targets() => Check(new(
        new EmbeddingSpec("Words", 6, 5), new LstmSpec("Memory", 6) { RecurrentDropout = 0.5 }, new SoftmaxSpec("Next", 3) { IgnoreIndex = -100 }));

    [Fact]
    public void Ignored_classes() => Check(new(
        new EmbeddingSpec("Words", 6, 5), new LstmSpec("Memory", 6), new ClassificationSpec("Label", 2) { IgnoreIndex = 2 }));

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Ignored_targets_that_are_a_class(int ignored) => Check(new(
        new EmbeddingSpec("Words", 6, 5), new LstmSpec("Memory", 6) { RecurrentDropout = 0.5 }, new SoftmaxSpec("Next", 3) { IgnoreIndex = ignored }));

    [Fact]
    public void An_ignored_class_of_sequences_with_tied_dimension() => Check(new(
        new EmbeddingSpec("Words", 6, 5) { Dimension = "Vocabulary" }, new LstmSpec("Memory", 5), new SoftmaxSpec("Next", 6) { TiedTo = "Words", Dimension = "Vocabulary", IgnoreIndex = 1 }));

    [Fact]
    public void Ignored_classes_that_are_one() => Check(new(
        new EmbeddingSpec("Words", 6, 5), new LstmSpec("Memory", 6), new ClassificationSpec("Label", 2) { IgnoreIndex = 0 }));

    [Fact]
    public void Classes_of_a_series_with_nothing_to_train_between() => Check(new(
        new SeriesSpec("Sensors", 3), new SeriesSpec("More", 2), new ConcatSpec("All", "Sensors", "More"), new ClassificationSpec("Label", 3) { InputDropout = 0.4 }));

    [Fact]
    public void Classes_of_a_concatenation_with_a_masked_memory() => Check(new(
        new EmbeddingSpec("Words", 6, 5),
        new LstmSpec("Memory", 6) { OutputDropout = 0.4, OutputPattern = DropoutPattern.Random },
        new ConcatSpec("All", "Words", "Memory"),
        new ClassificationSpec("Label", 3) { InputDropout = 0.4 }));

    [Theory]
    [InlineData(Activation.None)]
    [InlineData(Activation.Tanh)]
    [InlineData(Activation.Sigmoid)]
    [InlineData(Activation.Relu)]
    public void Linear_layers(Activation activation) => Check(new(
        new SeriesSpec("Sensors", 5),
        new LinearSpec("First", 35, activation) { OutputDropout = 0.4 },
        new LstmSpec("Memory", 6),
        new LinearSpec("Last", 3, activation) { InputDropout = 0.4 },
        new RegressionSpec("Output", 3)));

    [Fact]
    public void Patterns_of_single_sites() => Check(new(
        new EmbeddingSpec("Words", 8, 6),
        new LstmSpec("Lower", 9)
        {
            InputDropout = 0.4,
            InputPattern = DropoutPattern.Random,
            RecurrentDropout = 0.4,
            RecurrentPattern = DropoutPattern.StructuredFixed,
            OutputDropout = 0.3,
            OutputPattern = DropoutPattern.RandomFixed,
        },
        new LstmSpec("Upper", 5) { InputDropout = 0.3, RecurrentDropout = 0.4, RecurrentPattern = DropoutPattern.Random },
        new LinearSpec("Head", 7, Activation.Tanh) { InputDropout = 0.3, InputPattern = DropoutPattern.RandomFixed, OutputDropout = 0.3 },
        new SoftmaxSpec("Next", 8) { InputDropout = 0.3, InputPattern = DropoutPattern.StructuredFixed }));

    [Fact]
    public void Several_inputs_of_each_kind() => Check(new(
        new EmbeddingSpec("Words", 8, 3),
        new EmbeddingSpec("Tags", 4, 2) { OutputDropout = 0.5 },
        new SeriesSpec("Weights", 1),
        new SeriesSpec("Times", 2),
        new ConcatSpec("Inputs", "Times", "Words", "Weights", "Tags"),
        new LstmSpec("Memory", 6) { InputDropout = 0.5 },
        new SoftmaxSpec("Next", 8)));

    [Fact]
    public void A_layer_with_three_readers() => Check(new(
        new EmbeddingSpec("Words", 8, 6),
        new LstmSpec("Lower", 5) { OutputDropout = 0.4 },
        new LstmSpec("Left", 4) { From = "Lower", InputDropout = 0.4 },
        new LstmSpec("Right", 3) { From = "Lower", RecurrentDropout = 0.4 },
        new ConcatSpec("All", "Left", "Lower", "Right"),
        new SoftmaxSpec("Next", 8)));

    [Theory]
    [InlineData(DropoutPattern.Structured)]
    [InlineData(DropoutPattern.StructuredFixed)]
    [InlineData(DropoutPattern.Random)]
    [InlineData(DropoutPattern.RandomFixed)]
    public void Tags_of_whole_sentences(DropoutPattern pattern) => Check(new(
        new EmbeddingSpec("Words", 9, 6),
        new LstmSpec("Context", 7) { InputDropout = 0.4, RecurrentDropout = 0.4 },
        new CrfSpec("Tags", 5) { InputDropout = 0.4, InputPattern = pattern }));

    [Fact]
    public void Tags_by_a_dimension_that_two_layers_have() => Check(new(
        new EmbeddingSpec("Before", 35, 6) { Dimension = "Labels", OutputDropout = 0.5 },
        new EmbeddingSpec("Words", 9, 3) { Dimension = "WordTypes" },
        new ConcatSpec("Both", "Before", "Words"),
        new LstmSpec("Context", 7) { Layers = 2, InputDropout = 0.4 },
        new CrfSpec("Tags", 35) { Dimension = "Labels", InputDropout = 0.4 }));

    [Theory]
    [InlineData(DropoutPattern.Structured)]
    [InlineData(DropoutPattern.StructuredFixed)]
    [InlineData(DropoutPattern.Random)]
    [InlineData(DropoutPattern.RandomFixed)]
    public void Characters_of_words(DropoutPattern pattern) => Check(new(
        new EmbeddingSpec("Words", 9, 6),
        new CharacterCnnSpec("Spelling", 7, 6) { Filters = 11, InputDropout = 0.4, InputPattern = pattern },
        new ConcatSpec("Token", "Words", "Spelling"),
        new LstmSpec("Context", 7) { InputDropout = 0.4 },
        new CrfSpec("Tags", 5)));

    [Theory]
    [InlineData(1, 1, 1, DropoutPattern.Random)]
    [InlineData(4, 3, 1, DropoutPattern.RandomFixed)]
    [InlineData(4, 3, 1, DropoutPattern.Structured)]
    [InlineData(40, 5, 6, DropoutPattern.StructuredFixed)]
    [InlineData(33, 7, 2, DropoutPattern.Random)]
    public void Characters_alone(int filters, int window, int length, DropoutPattern pattern) => Check(new(
        new CharacterCnnSpec("Spelling", 7, 19) { Filters = filters, Window = window, MaximumLength = length, Dimension = "Letters", InputDropout = 0.4, InputPattern = pattern },
        new LstmSpec("Context", 7) { RecurrentDropout = 0.4 },
        new SoftmaxSpec("Next", 5)));

    [Fact]
    public void Characters_with_two_readers_and_others_beside_them() => Check(new(
        new CharacterCnnSpec("Spelling", 7, 5) { InputDropout = 0.3 },
        new SeriesSpec("Sensors", 2),
        new CharacterCnnSpec("Shape", 4, 3) { Filters = 2, MaximumLength = 9, InputDropout = 0.3, InputPattern = DropoutPattern.Random },
        new ConcatSpec("Token", "Shape", "Sensors", "Spelling"),
        new LstmSpec("Context", 7) { InputDropout = 0.4 },
        new LinearSpec("Skip", 4, Activation.Tanh) { From = "Spelling", InputDropout = 0.4 },
        new ConcatSpec("Both", "Context", "Skip"),
        new ClassificationSpec("Label", 3)));

    [Theory]
    [InlineData(DropoutPattern.Structured)]
    [InlineData(DropoutPattern.StructuredFixed)]
    [InlineData(DropoutPattern.Random)]
    [InlineData(DropoutPattern.RandomFixed)]
    public void Words_read_from_both_ends(DropoutPattern pattern) => Check(new(
        new EmbeddingSpec("Words", 9, 6),
        new CharacterLstmSpec("Spelling", 7, 6) { Units = 9, InputDropout = 0.4, InputPattern = pattern },
        new ConcatSpec("Token", "Words", "Spelling"),
        new LstmSpec("Context", 7) { Direction = Direction.Both, InputDropout = 0.4 },
        new CrfSpec("Tags", 5)));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(8, 2)]
    [InlineData(25, 20)]
    [InlineData(3, 66)]
    public void Words_read_from_both_ends_alone(int units, int length) => Check(new(
        new CharacterLstmSpec("Spelling", 7, 19) { Units = units, MaximumLength = length, Dimension = "Letters" },
        new LstmSpec("Context", 7) { RecurrentDropout = 0.4 },
        new SoftmaxSpec("Next", 5)));

    [Fact]
    public void Words_read_from_both_ends_with_two_readers_and_others_beside_them() => Check(new(
        new CharacterLstmSpec("Spelling", 7, 5) { InputDropout = 0.3 },
        new SeriesSpec("Sensors", 2),
        new CharacterLstmSpec("Shape", 4, 3) { Units = 2, MaximumLength = 9, InputDropout = 0.3, InputPattern = DropoutPattern.Random },
        new CharacterCnnSpec("Parts", 4, 3) { InputDropout = 0.4 },
        new ConcatSpec("Token", "Shape", "Sensors", "Spelling", "Parts"),
        new LstmSpec("Context", 7) { InputDropout = 0.4 },
        new LinearSpec("Skip", 4, Activation.Tanh) { From = "Spelling", InputDropout = 0.4 },
        new ConcatSpec("Both", "Context", "Skip"),
        new ClassificationSpec("Label", 3)));

    [Fact]
    public void A_class_of_the_last_word_alone() => Check(new(new CharacterLstmSpec("Spelling", 7, 5) { InputDropout = 0.3 }, new ClassificationSpec("Label", 3)));

    [Theory]
    [InlineData(1, DropoutPattern.Structured)]
    [InlineData(6, DropoutPattern.Structured)]
    [InlineData(1, DropoutPattern.Random)]
    [InlineData(6, DropoutPattern.Random)]
    public void Words_of_one_length_and_fewer_rows(int length, DropoutPattern pattern)
    {
        ModelSpec spec = new(new CharacterLstmSpec("Spelling", 7, 5) { InputDropout = 0.3, InputPattern = pattern }, new LstmSpec("Context", 7), new SoftmaxSpec("Next", 5));
        ReferenceWindow window = TestData.Window(spec, 4, 3, seed: 7, [2, 4, 1]);
        int[] characters = window.Characters["Spelling"];
        for (int i = 0; i < characters.Length; i++)
        {
            characters[i] = i % 6 < length ? i % 7 : -1;
        }

        AgreementCheck.CheckAll(new ModelSource("Model", spec), window, TestData.Window(spec, 2, 2, seed: 8), TestData.Window(spec, 1, 1, seed: 9));
    }

    [Fact]
    public void Tags_straight_from_a_series() => Check(new(new SeriesSpec("Sensors", 3), new CrfSpec("Tags", 2)));

    [Fact]
    public void Memory_below_a_linear_layer_without_lstm_above() => Check(new(
        new EmbeddingSpec("Words", 8, 6), new LinearSpec("Only", 5, Activation.Sigmoid) { InputDropout = 0.5 }, new SoftmaxSpec("Next", 8)));

    [Fact]
    public void Logits_in_several_chunks()
    {
        // 3 rows of 500,000 classes are 6 MB a step: the window's logits do not fit one chunk.
        ModelSpec spec = new(new EmbeddingSpec("Words", 5, 2), new LstmSpec("Memory", 2), new SoftmaxSpec("Next", 500_000) { InputDropout = 0.5 });
        ModelSource source = new("Model", spec) { BatchSize = 3, TimeSteps = 4 };
        using CompiledModels models = CompiledModels.Compile(source);
        AgreementCheck.CheckWindows(models.Create(source), null, new TrainerOptions { Threads = 1 }, TestData.Window(spec, 4, 3, seed: 7));
    }

    private static void Check(ModelSpec spec) =>
        AgreementCheck.CheckAll(new ModelSource("Model", spec), TestData.Window(spec, 4, 3, seed: 7), TestData.Window(spec, 4, 3, seed: 8, [2, 4, 1]));
}
