using System;

namespace SdCompiler.Samples.Translator.Models;

/// <summary>A model that the command line knows by name.</summary>
/// <param name="Name">The value of <c>--model</c>.</param>
/// <param name="Description">A few words for the list of models.</param>
/// <param name="Plan">What the compiler decided.</param>
/// <param name="Recipe">How it is trained when the user says nothing else.</param>
/// <param name="Create">Makes a new model for a number of source words, one of target words and a seed.</param>
/// <param name="Load">Makes a model with the weights of a file.</param>
internal sealed record ModelEntry(
    string Name,
    string Description,
    ModelPlan Plan,
    TrainingRecipe Recipe,
    Func<int, int, long, TranslationModel> Create,
    Func<string, TranslationModel> Load);
