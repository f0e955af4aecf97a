using System.Linq;
using SdCompiler.Trainer.Tests.Harness;
using SdCompiler.Trainer.Tests.Reference;
using Xunit;

namespace SdCompiler.Trainer.Tests.Agreement;

/// <summary>Dropout of recurrent weights: single ones, whole rows, and both as variants of one model.</summary>
public sealed class WeightDropoutTests
{
    private static ModelSpec Spec => new(
        new EmbeddingSpec("Words", 9, 6) { WordDropout = 0.3 },
        new LstmSpec("Lower", 11) { InputDropout = 0.4, WeightDropout = 0.5 },
        new LstmSpec("Upper", 6) { Layers = 2, InputDropout = 0.3, WeightDropout = 0.4, OutputDropout = 0.4 },
        new SoftmaxSpec("Next", 9) { TiedTo = "Words" });

    [Theory]
    [MemberData(nameof(PatternTests.Patterns), MemberType = typeof(PatternTests))]
    public void Agrees_with_the_reference(DropoutPattern pattern, MaskSampling sampling)
    {
        ModelSource source = new("Model", Spec)
        {
            Variants =
            [
                new VariantSource("All", pattern, DropoutSites.All, sampling),
                new VariantSource("Weight", pattern, DropoutSites.Weight, sampling),
                new VariantSource("Others", pattern, DropoutSites.Input | DropoutSites.Output, sampling),
                new VariantSource("None", pattern, DropoutSites.None),
            ],
        };
        AgreementCheck.CheckAll(source, TestData.Window(Spec, 4, 3, seed: 7), TestData.Window(Spec, 3, 3, seed: 8, [3, 1, 2]), TestData.Window(Spec, 2, 2, seed: 9));
    }

    [Theory]
    [MemberData(nameof(PatternTests.Patterns), MemberType = typeof(PatternTests))]
    public void Each_direction_drops_weights_of_its_own(DropoutPattern pattern, MaskSampling sampling)
    {
        ModelSpec spec = new(
            new SeriesSpec("Sensors", 3),
            new LstmSpec("Context", 11) { Direction = Direction.Both, Layers = 2, InputDropout = 0.3, WeightDropout = 0.5 },
            new SoftmaxSpec("Next", 4));
        ModelSource source = new("Model", spec)
        {
            Variants = [new VariantSource("All", pattern, DropoutSites.All, sampling), new VariantSource("Weight", pattern, DropoutSites.Weight, sampling)],
        };
        AgreementCheck.CheckAll(source, TestData.Window(spec, 4, 3, seed: 7), TestData.Window(spec, 4, 3, seed: 8, [4, 1, 2]));
    }

    /// <summary>The settings of AWD-LSTM (locked dropout, dropped weights) and their structured counterparts on one model.</summary>
    [Fact]
    public void Both_kinds_are_variants_of_one_model()
    {
        ModelSource source = new("Model", Spec)
        {
            Variants =
            [
                new VariantSource("Awd", DropoutPattern.RandomFixed, DropoutSites.All, MaskSampling.FixedCount),
                new VariantSource("Structured", DropoutPattern.Structured, DropoutSites.All, MaskSampling.FixedCount),
                new VariantSource("Fixed", DropoutPattern.StructuredFixed, DropoutSites.All, MaskSampling.FixedCount),
            ],
        };
        AgreementCheck.CheckAll(source, TestData.Window(Spec, 4, 3, seed: 7));
    }

    [Fact]
    public void A_pattern_of_its_own_beside_recurrent_dropout_of_another_layer()
    {
        ModelSpec spec = new(
            new SeriesSpec("Sensors", 3),
            new LstmSpec("Lower", 9) { WeightDropout = 0.4, WeightPattern = DropoutPattern.Random },
            new LstmSpec("Middle", 8) { RecurrentDropout = 0.4 },
            new LstmSpec("Upper", 7) { WeightDropout = 0.3, WeightPattern = DropoutPattern.StructuredFixed },
            new RegressionSpec("Output", 2));
        AgreementCheck.CheckAll(new ModelSource("Model", spec), TestData.Window(spec, 4, 3, seed: 7), TestData.Window(spec, 4, 3, seed: 8, [2, 4, 1]));
    }

    [Fact]
    public void A_window_beyond_the_unrolled_ones()
    {
        ModelSpec spec = new(new EmbeddingSpec("Words", 5, 3), new LstmSpec("Memory", 5) { WeightDropout = 0.4 }, new SoftmaxSpec("Next", 5));
        ModelSource source = new("Model", spec) { TimeSteps = 70, Pattern = DropoutPattern.RandomFixed };
        AgreementCheck.CheckAll(source, TestData.Window(spec, 67, 3, seed: 7));
    }

    /// <summary>One draw per window, alike at every step; the next window has another; about as many weights are dropped as the rate says.</summary>
    [Fact]
    public void Single_weights_are_drawn_once_per_window()
    {
        ModelSpec spec = new(new EmbeddingSpec("Words", 5, 3), new LstmSpec("Memory", 29) { WeightDropout = 0.4 }, new SoftmaxSpec("Next", 5));
        ModelSource source = new("Model", spec) { Pattern = DropoutPattern.Random };
        using CompiledModels models = CompiledModels.Compile(source);
        using HostedTrainer trainer = models.Create(source).CreateTrainer();
        bool[] first = Kept(trainer, 0);
        Assert.Equal(first, Kept(trainer, 3, step: false));
        double dropped = first.Count(kept => !kept) / (double)first.Length;
        Assert.InRange(dropped, 0.36, 0.44);
        bool[] second = Kept(trainer, 0);
        double changed = first.Zip(second).Count(pair => pair.First != pair.Second) / (double)first.Length;
        Assert.InRange(changed, 0.42, 0.54); // 2 * 0.4 * 0.6

        bool[] Kept(HostedTrainer hosted, int t, bool step = true)
        {
            if (step)
            {
                hosted.Step(TestData.Window(spec, 4, 3, seed: 7));
            }

            int site = hosted.Trainer.Masks.Sites.ToArray().ToList().FindIndex(item => item.Site == DropoutSites.Weight);
            return (from unit in Enumerable.Range(0, 29) from output in Enumerable.Range(0, 4 * 29) select hosted.Trainer.Masks.WeightMultiplier(site, t, unit, output) > 0).ToArray();
        }
    }
}
