using System;
using System.Collections.Generic;
using System.Linq;

namespace SdCompiler.Samples.LanguageModel.Models;

/// <summary>The models of this sample, with the settings of Zaremba, Sutskever and Vinyals 2014 (arXiv:1409.2329), of Merity, Keskar and Socher 2017 (arXiv:1708.02182), and of their published code.</summary>
internal static class ModelCatalog
{
    /// <summary>The name of the model for the sample's own text.</summary>
    public const string Demo = "demo";

    /// <summary>The name of the model for a text of the user's.</summary>
    public const string Default = "zaremba-small";

    /// <summary>All models, smallest first, AWD-LSTM last.</summary>
    public static IReadOnlyList<ModelEntry> All { get; } =
    [
        new(Demo, "1 layer of 200 units, for the sample's own text", true, GrammarModel.Plan, DemoRecipe(), (vocabulary, seed) => Wrap(new GrammarModel(vocabulary, seed)), path => Wrap(GrammarModel.Load(path))),
        new(Default, "2 layers of 200 units, no dropout in the paper", false, ZarembaSmall.Plan, TrainingRecipe.Zaremba(13, 4, 0.5, 5), (vocabulary, seed) => Wrap(new ZarembaSmall(vocabulary, seed)), path => Wrap(ZarembaSmall.Load(path))),
        new("zaremba-medium", "2 layers of 650 units, dropout 0.5", true, ZarembaMedium.Plan, TrainingRecipe.Zaremba(39, 6, 0.8, 5), (vocabulary, seed) => Wrap(new ZarembaMedium(vocabulary, seed)), path => Wrap(ZarembaMedium.Load(path))),
        new("zaremba-large", "2 layers of 1,500 units, dropout 0.65", true, ZarembaLarge.Plan, TrainingRecipe.Zaremba(55, 14, 1 / 1.15, 10), (vocabulary, seed) => Wrap(new ZarembaLarge(vocabulary, seed)), path => Wrap(ZarembaLarge.Load(path))),
        new("awd-demo", "AWD-LSTM of 96, 96 and 48 units, for the sample's own text", true, AwdDemo.Plan, TrainingRecipe.Awd(AwdDemoEpochs, AwdDemoRate, AwdDemoLength), (vocabulary, seed) => Wrap(new AwdDemo(vocabulary, seed)), path => Wrap(AwdDemo.Load(path))) { IsAwd = true, HasCuda = false },
        new("awd", "AWD-LSTM of 1,150, 1,150 and 400 units, tied, with its own dropouts", true, AwdLstm.Plan, TrainingRecipe.Awd(500, 30, 70), (vocabulary, seed) => Wrap(new AwdLstm(vocabulary, seed)), path => Wrap(AwdLstm.Load(path))) { IsAwd = true, HasCuda = false },
    ];

    /// <summary>The values of <c>--model</c>.</summary>
    public static IEnumerable<string> Names => All.Select(entry => entry.Name);

    /// <summary>The models whose every pattern and sites are compared with other programs: not those with dropouts of their own.</summary>
    public static IEnumerable<string> Measured => All.Where(entry => !entry.IsAwd).Select(entry => entry.Name);

    /// <summary>A model by its name.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static ModelEntry Find(string name) =>
        All.FirstOrDefault(entry => entry.Name == name) ?? throw new ArgumentException($"There is no model '{name}'.", nameof(name));

    private static LanguageModelInstance Wrap(GrammarModel model) => new(model.Vocabulary, model.CreateTrainer, () => model.CreatePredictor());

    private static LanguageModelInstance Wrap(ZarembaSmall model) => new(model.Vocabulary, model.CreateTrainer, () => model.CreatePredictor());

    private static LanguageModelInstance Wrap(ZarembaMedium model) => new(model.Vocabulary, model.CreateTrainer, () => model.CreatePredictor());

    private static LanguageModelInstance Wrap(ZarembaLarge model) => new(model.Vocabulary, model.CreateTrainer, () => model.CreatePredictor());

    private static LanguageModelInstance Wrap(AwdDemo model) => new(model.Vocabulary, (optimizer, variant, options) => model.CreateTrainer(optimizer, Awd(variant), options), () => model.CreatePredictor());

    private static LanguageModelInstance Wrap(AwdLstm model) => new(model.Vocabulary, (optimizer, variant, options) => model.CreateTrainer(optimizer, Awd(variant), options), () => model.CreatePredictor());

    private static AwdDropout Awd(Dropout variant) => Enum.Parse<AwdDropout>(variant.ToString());

    /// <summary>Adam, whose rate falls along half a cosine: a few hundred steps are enough for the sample's own text.</summary>
    private static TrainingRecipe DemoRecipe() => new(
        DemoEpochs,
        () => new Adam { LearningRate = DemoRate, ClipNorm = 5 },
        Decay: null);

    private const int DemoEpochs = 30;
    private const double DemoRate = 0.005;
    private const int AwdDemoEpochs = 40;
    private const double AwdDemoRate = 10;
    private const int AwdDemoLength = 10;
}
