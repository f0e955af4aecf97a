using System;
using System.Linq;
using SdCompiler.Trainer.Tests.Harness;
using SdCompiler.Trainer.Tests.Reference;
using Xunit;

namespace SdCompiler.Trainer.Tests.Agreement;

/// <summary>Mixtures of softmaxes: dropout of what they read and of their contexts, tied and untied, sizes known late, several chunks of logits.</summary>
public sealed class MixtureTests
{
    [Theory]
    [MemberData(nameof(PatternTests.Patterns), MemberType = typeof(PatternTests))]
    public void Agrees_with_the_reference(DropoutPattern pattern, MaskSampling sampling) => CheckSites(
        new(
            new EmbeddingSpec("Words", 9, 6) { Dimension = "Vocabulary", OutputDropout = 0.3 },
            new LstmSpec("Memory", 11) { RecurrentDropout = 0.4, OutputDropout = 0.3 },
            new MixtureSpec("Next", 9) { Dimension = "Vocabulary", Experts = 5, ContextWidth = 6, TiedTo = "Words", InputDropout = 0.3, LatentDropout = 0.4 }),
        pattern,
        sampling);

    [Theory]
    [MemberData(nameof(PatternTests.Patterns), MemberType = typeof(PatternTests))]
    public void Agrees_with_the_reference_untied(DropoutPattern pattern, MaskSampling sampling) => CheckSites(
        new(new SeriesSpec("Sensors", 3), new LstmSpec("Memory", 7), new MixtureSpec("Next", 37) { Experts = 3, IgnoreIndex = 4, InputDropout = 0.4, LatentDropout = 0.3 }), pattern, sampling);

    /// <summary>Rows that are characters, words of characters, and experts, in one model.</summary>
    [Theory]
    [InlineData(DropoutPattern.Structured)]
    [InlineData(DropoutPattern.Random)]
    [InlineData(DropoutPattern.RandomFixed)]
    public void Agrees_with_the_reference_where_words_are_spelled(DropoutPattern pattern) => CheckSites(
        new(
            new EmbeddingSpec("Words", 9, 6),
            new CharacterCnnSpec("Shape", 7, 4) { Filters = 5, MaximumLength = 4, InputDropout = 0.4 },
            new CharacterLstmSpec("Spelling", 7, 4) { Units = 3, MaximumLength = 5, InputDropout = 0.4 },
            new ConcatSpec("Token", "Words", "Shape", "Spelling"),
            new LstmSpec("Memory", 7),
            new MixtureSpec("Next", 9) { Experts = 3, ContextWidth = 6, TiedTo = "Words", InputDropout = 0.3, LatentDropout = 0.4 }),
        pattern,
        MaskSampling.FixedCount);

    [Theory]
    [InlineData(DropoutPattern.Structured, DropoutPattern.RandomFixed)]
    [InlineData(DropoutPattern.Random, DropoutPattern.StructuredFixed)]
    public void Patterns_of_single_sites(DropoutPattern input, DropoutPattern latent)
    {
        ModelSpec spec = new(
            new EmbeddingSpec("Words", 9, 6),
            new LstmSpec("Memory", 5) { OutputDropout = 0.3 },
            new LinearSpec("Head", 8, Activation.Tanh),
            new MixtureSpec("Next", 40) { Experts = 2, ContextWidth = 33, InputDropout = 0.3, InputPattern = input, LatentDropout = 0.4, LatentPattern = latent });
        AgreementCheck.CheckAll(new ModelSource("Model", spec), TestData.Window(spec, 4, 3, seed: 7), TestData.Window(spec, 4, 3, seed: 8, [2, 4, 1]));
    }

    [Theory]
    [InlineData(1, 7)]
    [InlineData(33, 1)]
    [InlineData(70, 3)]
    public void Any_number_of_experts(int experts, int width)
    {
        ModelSpec spec = new(
            new EmbeddingSpec("Words", 9, 6), new LstmSpec("Memory", 7), new MixtureSpec("Next", 9) { Experts = experts, ContextWidth = width, LatentDropout = width == 1 ? 0 : 0.4 });
        AgreementCheck.CheckAll(new ModelSource("Model", spec), TestData.Window(spec, 4, 3, seed: 7), TestData.Window(spec, 2, 2, seed: 8));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Logits_in_several_chunks(bool late)
    {
        // 3 rows of 4 experts of 200,000 classes are 9.6 MB a step: the window's logits do not fit one chunk.
        ModelSpec spec = new(
            new EmbeddingSpec("Words", 5, 2), new LstmSpec("Memory", 2), new MixtureSpec("Next", 200_000) { Dimension = late ? "Classes" : null, Experts = 4, ContextWidth = 2, LatentDropout = 0.5 });
        ModelSource source = new("Model", spec) { BatchSize = 3, TimeSteps = 4 };
        using CompiledModels models = CompiledModels.Compile(source);
        AgreementCheck.CheckWindows(models.Create(source), null, new TrainerOptions { Threads = 2 }, TestData.Window(spec, 4, 3, seed: 7));
        using HostedTrainer trainer = models.Create(source).CreateTrainer();
        Assert.InRange(trainer.Trainer.WorkspaceBytes, 2L * 4 * 3 * 4 * 200_000, 33L << 20); // two of the four steps
    }

    private static void CheckSites(ModelSpec spec, DropoutPattern pattern, MaskSampling sampling)
    {
        ModelSource source = new("Model", spec)
        {
            Variants =
            [
                new VariantSource("All", pattern, DropoutSites.All, sampling),
                new VariantSource("Latent", pattern, DropoutSites.Latent, sampling),
                new VariantSource("Input", pattern, DropoutSites.Input, sampling),
                new VariantSource("Others", pattern, DropoutSites.All & ~(DropoutSites.Input | DropoutSites.Latent), sampling),
                new VariantSource("None", pattern, DropoutSites.None),
            ],
        };
        AgreementCheck.CheckAll(source, TestData.Window(spec, 4, 3, seed: 7), TestData.Window(spec, 3, 3, seed: 8, [3, 1, 2]), TestData.Window(spec, 2, 2, seed: 9));
    }
}
