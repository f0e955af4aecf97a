using System;
using SdCompiler.Samples.Shared.Training;
using SdCompiler.Samples.Translator.Data;
using SdCompiler.Samples.Translator.Models;

namespace SdCompiler.Samples.Translator.Training;

/// <summary>What a run of the translator consists of, whatever the class of its model.</summary>
/// <param name="Entry">The model.</param>
/// <param name="Settings">What decides the result.</param>
/// <param name="Data">The texts.</param>
/// <param name="MaximumSteps">Steps after which the run ends, or null.</param>
/// <param name="Checkpoint">The folder of its checkpoints, or null.</param>
/// <param name="Metrics">The metrics file, or null.</param>
/// <param name="Finish">Translates the test text and scores the translations, or null without one.</param>
internal sealed record TranslationRun(
    ModelEntry Entry,
    RunSettings Settings,
    TranslationData Data,
    int? MaximumSteps,
    string? Checkpoint,
    string? Metrics,
    Func<FinalFigures>? Finish);
