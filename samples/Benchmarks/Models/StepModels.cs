using System.Collections.Generic;
using System.Linq;

namespace SdCompiler.Samples.Benchmarks.Models;

/// <summary>The models whose steps can be measured.</summary>
internal static class StepModels
{
    /// <summary>All of them: a model of another kind is one more entry, with a source of random batches.</summary>
    public static IReadOnlyList<StepModel> All { get; } = [.. LanguageStepModels.All, TaggerStepModels.Tagger, .. TranslatorStepModels.All];

    /// <summary>The values of <c>--model</c>.</summary>
    public static IEnumerable<string> Names => All.Select(model => model.Name);

    /// <summary>A model by one of <see cref="Names"/>.</summary>
    public static StepModel Find(string name) => All.First(model => model.Name == name);
}
