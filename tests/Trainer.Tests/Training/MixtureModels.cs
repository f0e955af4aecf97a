using SdCompiler.Trainer.Tests.Harness;
using SdCompiler.Trainer.Tests.Reference;

namespace SdCompiler.Trainer.Tests.Training;

/// <summary>Models that end in a mixture of softmaxes.</summary>
internal static class MixtureModels
{
    /// <summary>As AWD-LSTM-MoS: tied to the words, contexts as wide as their vectors, with its locked dropout and structured counterparts; classes known late.</summary>
    public static ModelSource Tied { get; } = new("Mixed", new ModelSpec(
        new EmbeddingSpec("Words", 50, 14) { Dimension = "Vocabulary", OutputDropout = 0.3, WordDropout = 0.1 },
        new LstmSpec("Memory", 20) { WeightDropout = 0.4, OutputDropout = 0.4 },
        new MixtureSpec("Next", 50) { Dimension = "Vocabulary", Experts = 5, ContextWidth = 14, TiedTo = "Words", LatentDropout = 0.3 }))
    {
        BatchSize = 4,
        TimeSteps = 6,
        Variants =
        [
            new VariantSource("Structured", DropoutPattern.Structured),
            new VariantSource("Awd", DropoutPattern.RandomFixed),
            new VariantSource("Bernoulli", DropoutPattern.StructuredFixed, DropoutSites.All, MaskSampling.Bernoulli),
            new VariantSource("Dense", DropoutPattern.Structured, DropoutSites.None),
        ],
    };

    /// <summary>A class for each word of whole sentences, read in both directions of time.</summary>
    public static ModelSource Sentences { get; } = new("MixedSentences", new ModelSpec(
        new EmbeddingSpec("Words", 30, 10),
        new LstmSpec("Context", 12) { Direction = Direction.Both, InputDropout = 0.4 },
        new MixtureSpec("Tags", 9) { Experts = 4, InputDropout = 0.5, IgnoreIndex = -100 }));
}
