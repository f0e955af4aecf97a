using SdCompiler.Trainer.Tests.Harness;
using SdCompiler.Trainer.Tests.Reference;

namespace SdCompiler.Trainer.Tests.Training;

/// <summary>A small AWD-LSTM with its own dropouts and their structured counterparts.</summary>
internal static class AwdModel
{
    public static ModelSource Source { get; } = new("Awd", new ModelSpec(
        new EmbeddingSpec("Words", 50, 12) { WordDropout = 0.1 },
        new LstmSpec("Lower", 26) { InputDropout = 0.4, WeightDropout = 0.5 },
        new LstmSpec("Upper", 12) { InputDropout = 0.25, WeightDropout = 0.5, OutputDropout = 0.4, ActivationPenalty = 2, TemporalPenalty = 1 },
        new SoftmaxSpec("Next", 50) { TiedTo = "Words", LabelSmoothing = 0.1 }))
    {
        BatchSize = 4,
        TimeSteps = 6,
        Variants = [new VariantSource("Random", DropoutPattern.RandomFixed), new VariantSource("Structured", DropoutPattern.Structured)],
    };
}
