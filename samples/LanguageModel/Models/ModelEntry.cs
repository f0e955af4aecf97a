using System;

namespace SdCompiler.Samples.LanguageModel.Models;

/// <summary>A model that the command line knows by name.</summary>
/// <param name="Name">The value of <c>--model</c>.</param>
/// <param name="Description">A few words for the list of models.</param>
/// <param name="HasDropout">False where the model declares no dropout, so that every variant is the dense one.</param>
/// <param name="Plan">What the compiler decided.</param>
/// <param name="Recipe">How it is trained.</param>
/// <param name="Create">Makes a new model for a number of words and a seed.</param>
/// <param name="Load">Makes a model with the weights of a file.</param>
internal sealed record ModelEntry(
    string Name,
    string Description,
    bool HasDropout,
    ModelPlan Plan,
    TrainingRecipe Recipe,
    Func<int, long, LanguageModelInstance> Create,
    Func<string, LanguageModelInstance> Load);
