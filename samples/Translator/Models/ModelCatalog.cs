using System;
using System.Collections.Generic;
using System.Linq;

namespace SdCompiler.Samples.Translator.Models;

/// <summary>The models of this sample.</summary>
internal static class ModelCatalog
{
    /// <summary>The name of the model for the sample's own texts.</summary>
    public const string Demo = "toy";

    /// <summary>The name of the model for texts of the user's.</summary>
    public const string Default = "luong";

    /// <summary>All models, smallest first.</summary>
    public static IReadOnlyList<ModelEntry> All { get; } =
    [
        new(
            Demo,
            "1 layer of 128 units a side, for the sample's own texts",
            ToyTranslator.Plan,
            new TrainingRecipe(Epochs: 12, "adam", Rate: 0.004, FullEpochs: 7, Decay: 0.5, ClipNorm: 5),
            (source, target, seed) => Wrap(new ToyTranslator(source, target, seed)),
            path => Wrap(ToyTranslator.Load(path))),
        new(
            Default,
            "2 layers of 500 units a side, dropout 0.3, as in OpenNMT",
            LuongTranslator.Plan,
            new TrainingRecipe(Epochs: 13, "sgd", Rate: 1, FullEpochs: 8, Decay: 0.5, ClipNorm: 5),
            (source, target, seed) => Wrap(new LuongTranslator(source, target, seed)),
            path => Wrap(LuongTranslator.Load(path))),
    ];

    /// <summary>The values of <c>--model</c>.</summary>
    public static IEnumerable<string> Names => All.Select(entry => entry.Name);

    /// <summary>A model by its name.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static ModelEntry Find(string name) =>
        All.FirstOrDefault(entry => entry.Name == name) ?? throw new ArgumentException($"There is no model '{name}'.", nameof(name));

    private static TranslationModel<ToyTranslator.Batch> Wrap(ToyTranslator model) => new(
        model.CreateTrainer,
        new(() => new ToyTranslator.Batch { Source = default, Target = default }, static (pairs, batch) =>
        {
            (batch.Source, batch.Target, batch.Targets) = (pairs.Source, pairs.Inputs, pairs.Targets);
        }),
        model.CreatePredictor);

    private static TranslationModel<LuongTranslator.Batch> Wrap(LuongTranslator model) => new(
        model.CreateTrainer,
        new(() => new LuongTranslator.Batch { Source = default, Target = default }, static (pairs, batch) =>
        {
            (batch.Source, batch.Target, batch.Targets) = (pairs.Source, pairs.Inputs, pairs.Targets);
        }),
        model.CreatePredictor);
}
