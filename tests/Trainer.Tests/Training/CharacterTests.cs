using System;
using System.Linq;
using SdCompiler.Runtime;
using SdCompiler.Trainer.Tests.Harness;
using SdCompiler.Trainer.Tests.Reference;
using Xunit;

namespace SdCompiler.Trainer.Tests.Training;

/// <summary>What a layer over characters takes and refuses, and how its masks fall.</summary>
public sealed class CharacterTests
{
    private const int Most = 9;
    private static readonly ModelSource Source = TrainingModels.Spelling;

    [Theory]
    [InlineData(0, 0, 20, "'Letters' has 20 at step 2, row 1, character 0; the 20 characters are 0 to 19, and -1 stands behind a word's last.")]
    [InlineData(0, 0, -2, "'Letters' has -2 at step 2, row 1, character 0; the 20 characters are 0 to 19, and -1 stands behind a word's last.")]
    [InlineData(4, 4, -1, "'Letters' has 3 at step 2, row 1, character 5, behind a -1; -1 stands only behind a word's last character.")]
    [InlineData(0, 8, -1, "'Letters' has no character at step 2, row 1; give each word at least one.")]
    public void A_word_that_is_none_is_refused(int from, int to, int value, string message)
    {
        using HostedTrainer trainer = TrainingModels.Compiled.Create(Source).CreateTrainer();
        ReferenceWindow window = TestData.Window(Source.Spec, 4, 3, seed: 1, [2, 4, 1]);
        Span<int> word = window.Characters["Letters"].AsSpan(((2 * 3) + 1) * Most, Most);
        word.Fill(3);
        word[from..(to + 1)].Fill(value);
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => trainer.Step(window)).Message);
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => trainer.Evaluate(window)).Message);
        Assert.Equal(0, trainer.Trainer.StepCount);
        word.Fill(-7); // behind the length of its row nobody looks
        trainer.Step(window with { Lengths = [2, 2, 1] });
        Assert.True(trainer.Trainer.LastStepApplied);
    }

    [Fact]
    public void Arrays_have_as_many_places_for_each_word_as_it_may_have_characters()
    {
        using HostedTrainer trainer = TrainingModels.Compiled.Create(Source).CreateTrainer();
        ReferenceWindow window = TestData.Window(Source.Spec, 4, 3, seed: 1);
        window.Characters["Letters"] = window.Characters["Letters"][1..];
        Assert.Equal(
            "'Letters' has 107 values; 4 steps of 3 rows of 9 characters are 108.", Assert.Throws<ArgumentException>(() => trainer.Step(window)).Message);
    }

    [Fact]
    public void A_dropped_number_of_the_characters_vectors_has_no_gradient()
    {
        // One step, so that one list of dropped numbers serves the whole window.
        HostedModel model = TrainingModels.Compiled.Create(Source);
        using HostedTrainer trainer = model.CreateTrainer(variant: "Structured");
        trainer.Step(TestData.Window(Source.Spec, 1, 3, seed: 1));
        MaskSet masks = trainer.Trainer.Masks;
        int site = masks.Sites.ToArray().ToList().FindIndex(item => item.Layer == "Letters" && item.Site == DropoutSites.Input);
        int[] kept = masks.Kept(site, 0).ToArray();
        Assert.Equal(6, kept.Length);
        float[] table = trainer.Trainer.Gradient("Letters.embedding.weight"), filters = trainer.Trainer.Gradient("Letters.conv.weight");
        for (int unit = 0; unit < 12; unit++)
        {
            bool touched = table.Where((value, i) => i % 12 == unit && value != 0).Any();
            Assert.Equal(kept.Contains(unit), touched);
            Assert.Equal(touched, filters.Where((value, i) => i / 3 % 12 == unit && value != 0).Any());
        }
    }

    [Fact]
    public void The_layer_tells_its_sizes_and_shapes()
    {
        HostedModel model = TrainingModels.Compiled.Create(Source);
        CharacterCnnLayer layer = (CharacterCnnLayer)model.Object.GetType().GetProperty("Letters")!.GetValue(model.Object)!;
        Assert.Equal((20, 37, 3, Most), (layer.Characters, layer.Width, layer.Window, layer.MaximumLength));
        Assert.Equal([20, 12], layer.Table.Shape);
        Assert.Equal([37, 12, 3], layer.Weight.Shape);
        Assert.Equal([37], layer.Bias.Shape);
        Assert.Equal("Letters.conv.weight", layer.Weight.Name);
        float bound = 1 / MathF.Sqrt(12 * 3);
        Assert.All(layer.Weight.ToArray().Concat(layer.Bias.ToArray()), value => Assert.InRange(value, -bound, bound));
        Assert.True(layer.Weight.ToArray().Max() > 0.95 * bound);
    }
}
