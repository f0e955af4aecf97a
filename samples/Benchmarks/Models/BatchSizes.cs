using System;

namespace SdCompiler.Samples.Benchmarks.Models;

/// <summary>What several batches have together.</summary>
/// <param name="Batches">How many they are.</param>
/// <param name="Rows">Their rows.</param>
/// <param name="RowSteps">The steps of all their rows.</param>
/// <param name="Characters">The characters of their words, for each layer over characters.</param>
internal sealed record BatchSizes(int Batches, long Rows, long RowSteps, params long[] Characters)
{
    /// <summary>Steps of a row.</summary>
    public double MeanSteps => (double)RowSteps / Rows;

    /// <summary>Characters of a word; null for a model that does not read them.</summary>
    public double? MeanCharacters => Characters.Length == 0 ? null : (double)Characters[0] / RowSteps;

    /// <summary>Their sources; null for a model that does not translate.</summary>
    public SourceSize? Source { get; init; }

    /// <summary>Steps of a row's source; null for a model that does not translate.</summary>
    public double? MeanSourceSteps => Source is SourceSize source ? (double)source.Steps / Rows : null;

    /// <summary>What a plan says of the mean batch. A plan counts rows, steps, characters and sources, each with its factor, so that sums stand for their batches.</summary>
    /// <param name="plan">The plan of a variant.</param>
    /// <param name="dimensions">The values of the model's dimensions.</param>
    public StepWork Work(VariantPlan plan, ReadOnlySpan<int> dimensions) => new(
        (double)plan.Dense(dimensions, RowSteps, Rows, Characters, Source) / Batches,
        (double)plan.Kept(dimensions, RowSteps, Rows, Characters, Source) / Batches,
        (double)RowSteps / Batches);
}
