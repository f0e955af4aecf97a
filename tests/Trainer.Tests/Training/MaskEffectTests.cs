using System;
using System.Collections.Generic;
using System.Linq;
using SdCompiler.Runtime;
using SdCompiler.Trainer.Tests.Harness;
using SdCompiler.Trainer.Tests.Reference;
using Xunit;

namespace SdCompiler.Trainer.Tests.Training;

/// <summary>What masks do to a step: a full mask is the dense result, dropped rows stay zero, and the masks that can be inspected are the ones that acted.</summary>
public sealed class MaskEffectTests
{
    private static readonly TrainerOptions One = new() { Threads = 1 };

    [Fact]
    public void A_mask_that_keeps_everything_gives_the_bits_of_the_dense_variant()
    {
        // Of 2^32 words one in a billion drops a unit at this rate: none does here, and the scale rounds to 1.
        const double Rate = 1e-9;
        ModelSource source = new("Model", new ModelSpec(
            new EmbeddingSpec("Words", 9, 6) { OutputDropout = Rate },
            new LstmSpec("Memory", 11) { Layers = 2, InputDropout = Rate, RecurrentDropout = Rate, OutputDropout = Rate },
            new SoftmaxSpec("Next", 9) { InputDropout = Rate }))
        {
            Variants =
            [
                new VariantSource("Dense", DropoutPattern.Structured, DropoutSites.None),
                new VariantSource("Structured", DropoutPattern.Structured, DropoutSites.Input | DropoutSites.Recurrent, MaskSampling.Bernoulli),
                new VariantSource("Fixed", DropoutPattern.StructuredFixed, DropoutSites.All, MaskSampling.Bernoulli),
                new VariantSource("Random", DropoutPattern.Random),
            ],
        };
        using CompiledModels models = CompiledModels.Compile(source);
        List<int[]> bits = source.Variants.Select(variant =>
        {
            HostedModel model = models.Create(source);
            using HostedTrainer trainer = model.CreateTrainer(new Sgd { LearningRate = 1 }, variant.Name, One);
            Enumerable.Range(0, 5).ToList().ForEach(step => trainer.Step(TrainingModels.Window(source, step)));
            return model.Bits();
        }).ToList();
        Assert.All(bits, variant => Assert.Equal(bits[0], variant));
    }

    [Theory]
    [InlineData(MaskSampling.FixedCount)]
    [InlineData(MaskSampling.Bernoulli)]
    public void Rows_that_every_step_drops_get_no_gradient_and_kept_ones_do(MaskSampling sampling)
    {
        ModelSource source = new("Model", new ModelSpec(
            new SeriesSpec("Sensors", 12),
            new LstmSpec("Memory", 10) { InputDropout = 0.5, RecurrentDropout = 0.5 },
            new RegressionSpec("Output", 3) { InputDropout = 0.5 }))
        {
            Pattern = DropoutPattern.Structured,
            Sampling = sampling,
            TimeSteps = 2,
        };
        using CompiledModels models = CompiledModels.Compile(source);
        using HostedTrainer trainer = models.Create(source).CreateTrainer(options: One);
        trainer.SetState(TestData.State(source.Spec, 3, seed: 4));
        int dropped = 0;
        for (int step = 0; step < 10; step++)
        {
            trainer.Step(TestData.Window(source.Spec, 2, 3, seed: step));
            dropped += CheckRows(trainer, DropoutSites.Input, "Memory.0", "Memory.weight_ih_l0", 12);
            dropped += CheckRows(trainer, DropoutSites.Recurrent, "Memory.0", "Memory.weight_hh_l0", 10);
            dropped += CheckRows(trainer, DropoutSites.Input, "Output", "Output.weight", 10);
        }

        Assert.True(dropped > 20, $"only {dropped} rows were dropped at both steps: too few to have seen anything");
    }

    [Fact]
    public void Each_step_has_its_own_masks_and_evaluation_leaves_them_alone()
    {
        using HostedTrainer trainer = TrainingModels.Compiled.Create(TrainingModels.Language).CreateTrainer(variant: "Structured", options: One);
        ReferenceWindow window = TestData.Window(TrainingModels.Language.Spec, 6, 4, seed: 1);
        HashSet<string> seen = [];
        for (int step = 0; step < 5; step++)
        {
            trainer.Step(window);
            string masks = Text(trainer.Trainer.Masks, 6);
            trainer.Evaluate(window);
            Assert.Equal(masks, Text(trainer.Trainer.Masks, 6));
            Assert.True(seen.Add(masks), "two steps had the same masks");
        }
    }

    private static string Text(MaskSet masks, int steps) => string.Join(';', Enumerable.Range(0, masks.Sites.Length).SelectMany(site =>
        Enumerable.Range(0, steps).Select(t => string.Join(',', masks.Kept(site, t).ToArray()))));

    /// <summary>Checks the columns (PyTorch's layout is [outputs, inputs]) of one matrix; returns how many units both steps dropped.</summary>
    private static int CheckRows(HostedTrainer trainer, DropoutSites site, string layer, string parameter, int units)
    {
        MaskSet masks = trainer.Trainer.Masks;
        int number = Enumerable.Range(0, masks.Sites.Length).Single(i => masks.Sites[i].Layer == layer && masks.Sites[i].Site == site);
        float[] gradient = trainer.Trainer.Gradient(parameter);
        int dropped = 0;
        for (int unit = 0; unit < units; unit++)
        {
            bool kept = masks.Kept(number, 0).Contains(unit) || masks.Kept(number, 1).Contains(unit);
            float[] row = gradient.Where((_, i) => i % units == unit).ToArray();
            Assert.True(kept ? row.Any(value => value != 0) : row.All(value => value == 0), $"{parameter}: unit {unit}, which is {(kept ? "kept" : "dropped")}");
            dropped += kept ? 0 : 1;
        }

        return dropped;
    }
}
