using System;
using System.Collections.Generic;
using System.Linq;
using SdCompiler.Samples.Shared;

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
    Func<string, LanguageModelInstance> Load)
{
    /// <summary>Whether the model trains on GPUs too.</summary>
    public bool HasCuda { get; init; } = true;

    /// <summary>Whether it is an AWD-LSTM: its places of dropout are not those that <c>--sites</c> chooses from, and its random pattern is its own.</summary>
    public bool IsAwd { get; init; }

    /// <summary>The regimes that it is compiled for.</summary>
    public IEnumerable<Dropout> Variants =>
        IsAwd ? Enum.GetNames<AwdDropout>().Select(Enum.Parse<Dropout>) : HasDropout ? Enum.GetValues<Dropout>() : [Dropout.Dense];

    /// <summary>The regime of a pattern and its sites.</summary>
    public Dropout Variant(string pattern, string sites) => DropoutNames.Variant<Dropout>(IsAwd && pattern == DropoutNames.Random ? DropoutNames.RandomFixed : pattern, sites);

    /// <summary>The value of <c>--pattern</c> that stands for a regime.</summary>
    public string Pattern(Dropout variant) => IsAwd && variant == Dropout.RandomFixed ? DropoutNames.Random : DropoutNames.Pattern(variant);

    /// <summary>A regime as people write it.</summary>
    public string Text(Dropout variant) => IsAwd ? Pattern(variant) : DropoutNames.Text(variant);
}
