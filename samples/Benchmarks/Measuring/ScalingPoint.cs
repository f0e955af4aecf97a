using System.Collections.Generic;
using System.Linq;
using SdCompiler.Samples.LanguageModel.Models;

namespace SdCompiler.Samples.Benchmarks.Measuring;

/// <summary>One size of a sweep.</summary>
/// <param name="Size">The number that varies.</param>
/// <param name="Model">The model.</param>
/// <param name="Variant">The variant.</param>
/// <param name="Threads">Threads of a step.</param>
/// <param name="Steps">Time steps of a window.</param>
/// <param name="Rows">Rows of a batch.</param>
internal sealed record ScalingPoint(int Size, ModelEntry Model, Dropout Variant, int Threads, int Steps, int Rows)
{
    private static readonly Dropout[] Variants = [Dropout.Dense, Dropout.Structured];

    /// <summary>The sizes of a sweep, smallest first, for each variant that the model has.</summary>
    /// <param name="sweep">What varies.</param>
    /// <param name="model">The model where its size is not what varies.</param>
    /// <param name="threads">Threads where they are not what varies.</param>
    /// <param name="cores">The most threads.</param>
    public static IEnumerable<ScalingPoint> Of(Sweep sweep, ModelEntry model, int threads, int cores)
    {
        int T = model.Plan.TimeSteps, B = model.Plan.BatchSize;
        return Variants.SelectMany(variant => sweep switch
        {
            Sweep.Steps => Parts(T).Select(steps => new ScalingPoint(steps, model, variant, threads, steps, B)),
            Sweep.Rows => Parts(B).Select(rows => new ScalingPoint(rows, model, variant, threads, T, rows)),
            Sweep.Threads => Enumerable.Range(1, cores).Select(count => new ScalingPoint(count, model, variant, count, T, B)),
            _ => ModelCatalog.All
                .Select(entry => (Entry: entry, Shape: ModelShapes.TwoLayers(entry)))
                .Where(entry => entry.Shape is not null)
                .Select(entry => new ScalingPoint(entry.Shape!.Value.H, entry.Entry, variant, threads, entry.Shape.Value.T, entry.Shape.Value.B)),
        }).Where(point => point.Variant == Dropout.Dense || point.Model.HasDropout);
    }

    /// <summary>An eighth, a quarter, a half and the whole.</summary>
    private static IEnumerable<int> Parts(int whole) => new[] { 8, 4, 2, 1 }.Select(part => whole / part).Where(size => size > 0).Distinct();
}
