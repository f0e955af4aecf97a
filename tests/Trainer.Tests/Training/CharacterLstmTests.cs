using System;
using System.Linq;
using SdCompiler.Runtime;
using SdCompiler.Trainer.Tests.Harness;
using SdCompiler.Trainer.Tests.Reference;
using Xunit;

namespace SdCompiler.Trainer.Tests.Training;

/// <summary>What an LSTM over characters takes and refuses, how its masks fall, and what it costs.</summary>
public sealed class CharacterLstmTests
{
    private const int Most = 9;
    private static readonly ModelSource Source = TrainingModels.Letters;
    private static readonly TrainerOptions One = new() { Threads = 1 };

    [Fact]
    public void A_word_that_is_none_is_refused()
    {
        using HostedTrainer trainer = TrainingModels.Compiled.Create(Source).CreateTrainer();
        ReferenceWindow window = TestData.Window(Source.Spec, 4, 3, seed: 1, [2, 4, 1]);
        Span<int> word = window.Characters["Letters"].AsSpan(((2 * 3) + 1) * Most, Most);
        word.Fill(-1);
        Assert.Equal("'Letters' has no character at step 2, row 1; give each word at least one.", Assert.Throws<ArgumentException>(() => trainer.Step(window)).Message);
        word[0] = 20;
        Assert.Equal(
            "'Letters' has 20 at step 2, row 1, character 0; the 20 characters are 0 to 19, and -1 stands behind a word's last.",
            Assert.Throws<ArgumentException>(() => trainer.Evaluate(window)).Message);
        word.Fill(-7); // behind the length of its row nobody looks
        trainer.Step(window with { Lengths = [2, 2, 1] });
        Assert.True(trainer.Trainer.LastStepApplied);
    }

    [Fact]
    public void A_structured_mask_keeps_the_same_numbers_of_all_words_at_a_place()
    {
        // Words of one character, so that one list of kept numbers serves the whole window.
        using HostedTrainer trainer = TrainingModels.Compiled.Create(Source).CreateTrainer(variant: "Structured");
        ReferenceWindow window = TestData.Window(Source.Spec, 4, 3, seed: 1);
        int[] characters = window.Characters["Letters"];
        for (int i = 0; i < characters.Length; i++)
        {
            characters[i] = i % Most == 0 ? i % 20 : -1;
        }

        trainer.Step(window);
        int site = Site(trainer);
        int[] kept = trainer.Trainer.Masks.Kept(site, 0).ToArray();
        Assert.Equal(6, kept.Length);
        Assert.Contains(Enumerable.Range(1, Most - 1), place => !trainer.Trainer.Masks.Kept(site, place).SequenceEqual(kept));
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Trainer.Masks.Multiplier(site, Most, 0, 0));
        float[] table = trainer.Trainer.Gradient("Letters.embedding.weight");
        foreach (string weights in (string[])["Letters.weight_ih_l0", "Letters.weight_ih_l0_reverse"])
        {
            float[] gradient = trainer.Trainer.Gradient(weights);
            for (int unit = 0; unit < 12; unit++)
            {
                Assert.Equal(kept.Contains(unit), table.Where((value, i) => i % 12 == unit && value != 0).Any());
                Assert.Equal(kept.Contains(unit), gradient.Where((value, i) => i % 12 == unit && value != 0).Any());
            }
        }
    }

    [Fact]
    public void A_random_mask_is_of_each_word_and_not_of_the_order_of_words()
    {
        float[] Masks(int seed)
        {
            using HostedTrainer trainer = TrainingModels.Compiled.Create(Source).CreateTrainer(variant: "Random", options: One);
            trainer.Step(TestData.Window(Source.Spec, 4, 3, seed));
            MaskSet masks = trainer.Trainer.Masks;
            return (from place in Enumerable.Range(0, Most) from unit in Enumerable.Range(0, 12) from cell in Enumerable.Range(0, 16) select masks.Multiplier(Site(trainer), place, unit, cell)).ToArray();
        }

        float[] first = Masks(1);
        Assert.Equal(first, Masks(2)); // words of other lengths
        Assert.InRange(first.Count(value => value == 0) / (double)first.Length, 0.45, 0.55);
        Assert.Equal(16, Enumerable.Range(0, 16).Select(cell => string.Concat(first.Where((_, i) => i % 16 == cell).Select(value => value == 0 ? '0' : '1'))).Distinct().Count());
    }

    [Fact]
    public void Words_of_the_most_characters_cost_what_the_figures_say_and_shorter_ones_less()
    {
        HostedModel model = TrainingModels.Compiled.Create(Source);
        using HostedTrainer trainer = model.CreateTrainer(variant: "Structured", options: One);
        ReferenceWindow window = TestData.Window(Source.Spec, Source.TimeSteps, Source.BatchSize, seed: 1);
        trainer.Step(window);
        long some = trainer.Trainer.MultiplyAdds;
        Array.Fill(window.Characters["Letters"], 3);
        trainer.Step(window);
        PlanFigures figures = model.Plan.Evaluate("Structured", 20);
        Assert.Equal(figures.Kept, trainer.Trainer.MultiplyAdds - some);
        Assert.Equal(figures.WorkspaceBytes, trainer.Trainer.WorkspaceBytes);
        Assert.True(some < figures.Kept);
        CharacterCost cost = Assert.Single(model.Plan.Variant("Structured").Backward.Characters);
        Assert.Equal(new CharacterCost("Letters", Most, 2 * (12 + 21) * 4 * 21, 2 * (6 + 21) * 4 * 21), cost);
    }

    [Fact]
    public void The_layer_tells_its_sizes_and_shapes()
    {
        HostedModel model = TrainingModels.Compiled.Create(Source);
        CharacterLstmLayer layer = (CharacterLstmLayer)model.Object.GetType().GetProperty("Letters")!.GetValue(model.Object)!;
        Assert.Equal((20, 21, 42, Most), (layer.Characters, layer.Units, layer.Width, layer.MaximumLength));
        Assert.Equal([20, 12], layer.Table.Shape);
        foreach ((WeightTensor tensor, string name, int[] shape) in (ReadOnlySpan<(WeightTensor, string, int[])>)[
            (layer.InputWeights, "weight_ih_l0", [84, 12]), (layer.RecurrentWeights, "weight_hh_l0", [84, 21]), (layer.Bias, "bias_ih_l0", [84]),
            (layer.ReverseInputWeights, "weight_ih_l0_reverse", [84, 12]), (layer.ReverseRecurrentWeights, "weight_hh_l0_reverse", [84, 21]), (layer.ReverseBias, "bias_ih_l0_reverse", [84])])
        {
            Assert.Equal("Letters." + name, tensor.Name);
            Assert.Equal(shape, tensor.Shape);
        }
    }

    private static int Site(HostedTrainer trainer) =>
        trainer.Trainer.Masks.Sites.ToArray().ToList().FindIndex(item => item.Layer == "Letters" && item.Site == DropoutSites.Input);
}
