using SdCompiler.Trainer.Tests.Harness;
using SdCompiler.Trainer.Tests.Reference;
using Xunit;

namespace SdCompiler.Trainer.Tests.Agreement;

/// <summary>Penalties on the output of an LSTM, and smoothed labels: gradients with them, losses without.</summary>
public sealed class PenaltyTests
{
    [Theory]
    [MemberData(nameof(PatternTests.Patterns), MemberType = typeof(PatternTests))]
    public void Penalties_agree_with_the_reference(DropoutPattern pattern, MaskSampling sampling)
    {
        ModelSpec spec = new(
            new EmbeddingSpec("Words", 9, 6),
            new LstmSpec("Lower", 11) { InputDropout = 0.4, RecurrentDropout = 0.3, TemporalPenalty = 3 },
            new LstmSpec("Upper", 6) { Layers = 2, InputDropout = 0.3, OutputDropout = 0.4, ActivationPenalty = 20, TemporalPenalty = 10 },
            new SoftmaxSpec("Next", 9) { InputDropout = 0.3, LabelSmoothing = 0.3 });
        ModelSource source = new("Model", spec)
        {
            Variants = [new VariantSource("All", pattern, DropoutSites.All, sampling), new VariantSource("None", pattern, DropoutSites.None)],
        };
        AgreementCheck.CheckAll(source, TestData.Window(spec, 4, 3, seed: 7), TestData.Window(spec, 3, 3, seed: 8, [3, 1, 2]), TestData.Window(spec, 1, 2, seed: 9));
    }

    [Fact]
    public void A_penalised_layer_with_several_readers()
    {
        ModelSpec spec = new(
            new EmbeddingSpec("Words", 8, 6),
            new LstmSpec("Lower", 5) { OutputDropout = 0.4, ActivationPenalty = 10 },
            new LstmSpec("Left", 4) { From = "Lower", InputDropout = 0.4, TemporalPenalty = 5 },
            new ConcatSpec("All", "Left", "Lower"),
            new SoftmaxSpec("Next", 8) { LabelSmoothing = 0.1, IgnoreIndex = 2, Dimension = "Vocabulary" });
        AgreementCheck.CheckAll(new ModelSource("Model", spec), TestData.Window(spec, 4, 3, seed: 7), TestData.Window(spec, 4, 3, seed: 8, [2, 4, 1]));
    }

    [Fact]
    public void Penalties_on_what_only_a_classification_reads()
    {
        ModelSpec spec = new(
            new SeriesSpec("Sensors", 3), new LstmSpec("Memory", 9) { OutputDropout = 0.3, ActivationPenalty = 4, TemporalPenalty = 2 }, new ClassificationSpec("Label", 3));
        AgreementCheck.CheckAll(new ModelSource("Model", spec), TestData.Window(spec, 4, 3, seed: 8, [2, 4, 1]));
    }
}
