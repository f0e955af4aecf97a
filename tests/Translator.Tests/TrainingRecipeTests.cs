using System.Linq;
using SdCompiler.Samples.Shared;
using SdCompiler.Samples.Translator.Models;
using Xunit;

namespace SdCompiler.Translator.Tests;

public sealed class TrainingRecipeTests
{
    private static readonly TrainingRecipe Recipe = new(13, "sgd", Rate: 1, FullEpochs: 4, Decay: 0.5, ClipNorm: 5);

    [Theory]
    [InlineData(new double[0], 1)]
    [InlineData(new double[] { 9, 8, 7 }, 1)]
    [InlineData(new double[] { 9, 8, 7, 6 }, 0.5)]
    [InlineData(new double[] { 9, 8, 7, 6, 5, 4 }, 0.125)]
    [InlineData(new double[] { 9, 9 }, 1)]
    [InlineData(new double[] { 9, 9.5 }, 0.5)]
    [InlineData(new double[] { 9, 9.5, 8 }, 0.25)]
    [InlineData(new double[] { 9, double.NaN }, 0.5)]
    public void TheRateFallsFromAnEpochOnOrFromAWorseValidationOn(double[] validations, double rate) =>
        Assert.Equal(rate, Recipe.RateAfter(validations));

    [Fact]
    public void TheOptimizerHasTheRecipesSettings()
    {
        Optimizer sgd = Recipe.CreateOptimizer();
        Assert.IsType<Sgd>(sgd);
        Assert.Equal((1, 5), (sgd.LearningRate, sgd.ClipNorm));
        Assert.IsType<Adam>((Recipe with { Optimizer = "adam" }).CreateOptimizer());
    }

    [Fact]
    public void EveryPatternAndSiteHasItsVariant()
    {
        Dropout[] variants = DropoutNames.Patterns<Dropout>().SelectMany(pattern => DropoutNames.Sites.Select(sites => DropoutNames.Variant<Dropout>(pattern, sites))).Distinct().ToArray();
        Assert.Equal(System.Enum.GetValues<Dropout>().Order(), variants.Order());
        foreach (Dropout variant in variants)
        {
            Assert.Equal(variant, DropoutNames.Variant<Dropout>(DropoutNames.Pattern(variant), DropoutNames.SitesOf(variant)));
        }
    }

    [Fact]
    public void EveryModelHasEveryVariantAndItsName()
    {
        foreach (ModelEntry entry in ModelCatalog.All)
        {
            Assert.Same(entry, ModelCatalog.Find(entry.Name));
            foreach (Dropout variant in System.Enum.GetValues<Dropout>())
            {
                PlanFigures figures = entry.Plan.Evaluate(variant.ToString(), 100, 100);
                bool saves = DropoutNames.Pattern(variant).StartsWith("structured", System.StringComparison.Ordinal);
                Assert.Equal(saves, figures.Kept < figures.Dense);
            }
        }
    }
}
