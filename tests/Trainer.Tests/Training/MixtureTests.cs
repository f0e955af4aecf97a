using System;
using System.Linq;
using SdCompiler.Runtime;
using SdCompiler.Trainer.Tests.Harness;
using SdCompiler.Trainer.Tests.Reference;
using Xunit;

namespace SdCompiler.Trainer.Tests.Training;

/// <summary>What a mixture of softmaxes tells, how its masks fall, and that training makes its loss small.</summary>
public sealed class MixtureTests
{
    private static readonly ModelSource Source = MixtureModels.Tied;

    [Fact]
    public void The_layer_tells_its_sizes_and_shapes()
    {
        HostedModel model = TrainingModels.Compiled.Create(Source);
        MixtureOfSoftmaxesLayer layer = (MixtureOfSoftmaxesLayer)model.Object.GetType().GetProperty("Next")!.GetValue(model.Object)!;
        Assert.Equal((50, 5, 14), (layer.Width, layer.Experts, layer.ContextWidth));
        Assert.Equal([5 * 14, 20], layer.Latent.Shape);
        Assert.Equal([5 * 14], layer.LatentBias.Shape);
        Assert.Equal([5, 20], layer.Prior.Shape);
        Assert.Equal([50, 14], layer.Decoder.Shape);
        Assert.Equal([50], layer.DecoderBias.Shape);
        Assert.Equal(["Next.latent.weight", "Next.latent.bias", "Next.prior.weight", "Next.decoder.weight", "Next.decoder.bias"], layer.Weights.Select(weight => weight.Name));
        float bound = 1 / MathF.Sqrt(20);
        Assert.All(layer.Latent.ToArray().Concat(layer.LatentBias.ToArray()).Concat(layer.Prior.ToArray()), value => Assert.InRange(value, -bound, bound));
        Assert.True(layer.Prior.ToArray().Max() > 0.8 * bound);
    }

    /// <summary>Under a random pattern each expert of each row has a mask of its own; under a structured one all share a list.</summary>
    [Theory]
    [InlineData("Awd")]
    [InlineData("Structured")]
    public void Experts_have_masks_of_their_own_only_where_rows_have(string variant)
    {
        using HostedTrainer trainer = TrainingModels.Compiled.Create(Source).CreateTrainer(variant: variant);
        trainer.Step(TestData.Window(Source.Spec, 6, 4, seed: 1));
        MaskSet masks = trainer.Trainer.Masks;
        int number = masks.Sites.ToArray().ToList().FindIndex(site => site.Site == DropoutSites.Latent);
        MaskSite latent = masks.Sites[number];
        Assert.Equal((14, 5), (latent.Units, latent.RowsEach));
        string[] rows = Enumerable.Range(0, 4 * 5).Select(row => string.Join(' ', Enumerable.Range(0, 14).Select(unit => masks.Multiplier(number, 2, unit, row)))).ToArray();
        Assert.Equal(variant == "Awd" ? 20 : 1, rows.Distinct().Count());
        for (int unit = 0; unit < 14; unit++)
        {
            Assert.Equal(MaskSampler.Multiplier(masks.Seed, latent, masks.Step, 2, unit, 17), masks.Multiplier(number, 2, unit, 17));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => masks.Multiplier(number, 2, 0, 20));
    }

    [Fact]
    public void A_dropped_number_of_the_contexts_has_no_gradient()
    {
        // One step, so that one list of dropped numbers serves the whole window.
        using HostedTrainer trainer = TrainingModels.Compiled.Create(Source).CreateTrainer(variant: "Structured");
        trainer.Step(TestData.Window(Source.Spec, 1, 4, seed: 1));
        MaskSet masks = trainer.Trainer.Masks;
        int[] kept = masks.Kept(masks.Sites.ToArray().ToList().FindIndex(site => site.Site == DropoutSites.Latent), 0).ToArray();
        Assert.Equal(10, kept.Length);
        float[] latent = trainer.Trainer.Gradient("Next.latent.bias");
        for (int i = 0; i < latent.Length; i++)
        {
            Assert.Equal(kept.Contains(i % 14), latent[i] != 0);
        }
    }

    [Fact]
    public void Training_makes_the_loss_small()
    {
        HostedModel model = TrainingModels.Compiled.Create(Source);
        using HostedTrainer trainer = model.CreateTrainer(new Adam { LearningRate = 0.02 }, "Structured");
        ReferenceWindow window = TestData.Window(Source.Spec, 6, 4, seed: 1);
        double before = trainer.Evaluate(window).TotalLoss;
        for (int step = 0; step < 150; step++)
        {
            trainer.Step(window);
        }

        double after = trainer.Evaluate(window).TotalLoss;
        Assert.True(after < before / 4, $"{before} before, {after} after");
    }
}
