using System.Collections.Generic;
using System.Linq;
using SdCompiler.Trainer.Tests.Harness;
using SdCompiler.Trainer.Tests.Reference;
using Xunit;

namespace SdCompiler.Trainer.Tests.Agreement;

/// <summary>Encoder-decoders against the reference: every score, with and without input feeding, every pattern, ragged sides, fewer rows than B, shorter sides than T.</summary>
public sealed class TranslatorTests
{
    public static TheoryData<string, bool, DropoutPattern, MaskSampling> Cases()
    {
        TheoryData<string, bool, DropoutPattern, MaskSampling> cases = new()
        {
            { "General", true, DropoutPattern.Structured, MaskSampling.FixedCount },
            { "General", true, DropoutPattern.Structured, MaskSampling.Bernoulli },
            { "General", true, DropoutPattern.StructuredFixed, MaskSampling.FixedCount },
            { "General", true, DropoutPattern.Random, MaskSampling.FixedCount },
            { "General", true, DropoutPattern.RandomFixed, MaskSampling.FixedCount },
            { "Dot", true, DropoutPattern.Structured, MaskSampling.FixedCount },
            { "Concat", true, DropoutPattern.Random, MaskSampling.FixedCount },
            { "Concat", true, DropoutPattern.Structured, MaskSampling.FixedCount },
        };
        foreach (string score in new[] { "General", "Dot", "Concat", "None" })
        {
            cases.Add(score, false, DropoutPattern.Structured, MaskSampling.FixedCount);
            cases.Add(score, false, DropoutPattern.Random, MaskSampling.FixedCount);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Trainer_agrees_with_the_reference(string score, bool feedback, DropoutPattern pattern, MaskSampling sampling)
    {
        ModelSpec spec = TranslatorSpecs.Of(score, feedback, TranslatorSpecs.Rates);
        ModelSource source = new("Model", spec)
        {
            BatchSize = 4,
            TimeSteps = 5,
            Variants =
            [
                new VariantSource("All", pattern, DropoutSites.All, sampling),
                new VariantSource("Input", pattern, DropoutSites.Input, sampling),
                new VariantSource("Output", pattern, DropoutSites.Output, sampling),
                new VariantSource("None", pattern, DropoutSites.None, sampling),
            ],
        };
        AgreementCheck.CheckAll(source, TranslatorSpecs.Windows(spec));
    }

    [Theory]
    [InlineData(DropoutPattern.Structured)]
    [InlineData(DropoutPattern.Random)]
    public void Windows_too_long_to_be_unrolled_completely_agree_too(DropoutPattern pattern)
    {
        ModelSpec spec = TranslatorSpecs.Of("General", feedback: true, TranslatorSpecs.Rates, layers: 1, units: 4);
        ModelSource source = new("Model", spec) { BatchSize = 2, TimeSteps = 70, Pattern = pattern };
        AgreementCheck.CheckAll(source, TestData.Window(spec, 67, 2, seed: 7, [67, 33], [5, 70]), TestData.Window(spec, 32, 2, seed: 8, [32, 31], [33, 1]));
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, true)]
    [InlineData(65, false)]
    public void A_chain_of_many_steps_has_all_its_layers_at_the_first(int timeSteps, bool startsWhereTheEncoderEnds)
    {
        ModelSpec spec = new(
            new EmbeddingSpec("Source", 7, 5),
            new LstmSpec("Encoder", 6) { Layers = 2, RecurrentDropout = 0.3 },
            new EmbeddingSpec("Target", 9, 4),
            new LstmSpec("Decoder", 6) { Layers = 2, InitialState = startsWhereTheEncoderEnds ? "Encoder" : null, Feedback = "Attended", InputDropout = 0.3, RecurrentDropout = 0.3 },
            new AttentionSpec("Attended", "Encoder") { OutputDropout = 0.3 },
            new SoftmaxSpec("NextWord", 9) { Predicts = "Target" });
        ModelSource source = new("Model", spec)
        {
            BatchSize = 2,
            TimeSteps = timeSteps,
            Variants = [new VariantSource("Structured", DropoutPattern.Structured), new VariantSource("Random", DropoutPattern.Random), new VariantSource("Dense", DropoutPattern.Structured, DropoutSites.None)],
        };
        AgreementCheck.CheckAll(source, TestData.Window(spec, 3, 2, seed: 7, [3, 2], [2, 4]), TestData.Window(spec, 34, 2, seed: 8, [34, 33], [33, 1]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_a_chain_gives_has_readers_behind_it_too(bool feedback)
    {
        // The decoder and the attention are read side by side, and the decoder by a layer of its own, with and without dropout between.
        ModelSpec spec = new(
            new EmbeddingSpec("Source", 7, 5),
            new LstmSpec("Encoder", 6),
            new EmbeddingSpec("Target", 9, 4),
            new LstmSpec("Decoder", 6) { InitialState = "Encoder", Feedback = feedback ? "Attended" : null, OutputDropout = 0.3 },
            new AttentionSpec("Attended", "Encoder") { OutputDropout = 0.3 },
            new LinearSpec("Skip", 4, Activation.Tanh) { From = "Decoder", InputDropout = 0.4 },
            new ConcatSpec("All", "Attended", "Decoder", "Skip"),
            new LinearSpec("Head", 5, Activation.None) { From = "Attended", InputDropout = 0.4 },
            new ConcatSpec("Both", "All", "Head"),
            new SoftmaxSpec("NextWord", 9) { Predicts = "Target" });
        ModelSource source = new("Model", spec)
        {
            BatchSize = 4,
            TimeSteps = 5,
            Variants =
            [
                new VariantSource("Structured", DropoutPattern.Structured),
                new VariantSource("Random", DropoutPattern.Random),
                new VariantSource("InputOnly", DropoutPattern.Random, DropoutSites.Input),
                new VariantSource("Dense", DropoutPattern.Structured, DropoutSites.None),
            ],
        };
        AgreementCheck.CheckAll(source, TranslatorSpecs.Windows(spec));
    }

    [Theory]
    [InlineData("General")]
    [InlineData("Concat")]
    public void Layers_wider_than_a_panel_agree_too(string score)
    {
        ModelSpec spec = TranslatorSpecs.Of(score, feedback: true, TranslatorSpecs.Rates, layers: 1, units: 37);
        ModelSource source = new("Model", spec)
        {
            BatchSize = 4,
            TimeSteps = 5,
            Variants = [new VariantSource("Structured", DropoutPattern.Structured), new VariantSource("Random", DropoutPattern.Random)],
        };
        AgreementCheck.CheckAll(source, TranslatorSpecs.Windows(spec)[1]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Dropped_weights_penalties_and_smoothed_targets_act_on_both_sides(bool feedback)
    {
        ModelSpec spec = TranslatorSpecs.Regularized(feedback, TranslatorSpecs.Rates);
        ModelSource source = new("Model", spec)
        {
            BatchSize = 4,
            TimeSteps = 5,
            Variants =
            [
                new VariantSource("Structured", DropoutPattern.Structured),
                new VariantSource("Random", DropoutPattern.Random),
                new VariantSource("StructuredFixed", DropoutPattern.StructuredFixed),
                new VariantSource("RandomFixed", DropoutPattern.RandomFixed),
                new VariantSource("Dense", DropoutPattern.Structured, DropoutSites.None),
            ],
        };
        AgreementCheck.CheckAll(source, TranslatorSpecs.Windows(spec));
    }

    [Fact]
    public void Other_layers_stand_on_both_sides()
    {
        // A linear layer below each LSTM and behind the attention, a second LSTM on each side, and a softmax tied to the target's embedding.
        ModelSpec spec = new(
            new EmbeddingSpec("Source", 7, 5) { WordDropout = 0.2, OutputDropout = 0.3 },
            new LinearSpec("Narrow", 4, Activation.Relu) { InputDropout = 0.3, OutputDropout = 0.3 },
            new LstmSpec("Below", 5) { RecurrentDropout = 0.3 },
            new LstmSpec("Encoder", 6) { InputDropout = 0.3 },
            new EmbeddingSpec("Target", 9, 4) { OutputDropout = 0.3 },
            new LinearSpec("Wide", 7, Activation.Sigmoid),
            new LstmSpec("Above", 5) { OutputDropout = 0.3 },
            new LstmSpec("Decoder", 6) { InitialState = "Encoder", Feedback = "Attended", RecurrentDropout = 0.3 },
            new AttentionSpec("Attended", "Below") { OutputDropout = 0.3 },
            new LinearSpec("Head", 4, Activation.Relu) { InputDropout = 0.3 },
            new SoftmaxSpec("NextWord", 9) { Predicts = "Target", TiedTo = "Target" });
        ModelSource source = new("Model", spec)
        {
            BatchSize = 4,
            TimeSteps = 5,
            Variants = [new VariantSource("Structured", DropoutPattern.Structured), new VariantSource("Random", DropoutPattern.Random), new VariantSource("Dense", DropoutPattern.Structured, DropoutSites.None)],
        };
        AgreementCheck.CheckAll(source, TranslatorSpecs.Windows(spec));
    }
}
