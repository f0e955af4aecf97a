using System.Collections.Generic;
using System.Linq;
using SdCompiler.Samples.GpuCheck.Models;

namespace SdCompiler.Samples.GpuCheck.Commands;

/// <summary>The models that the command line asks for.</summary>
internal static class ModelChoice
{
    /// <summary>The models to verify; none where that was not asked for.</summary>
    public static IReadOnlyList<CheckModel> Verified(CheckOptions options) =>
        options.Verify ? [.. ModelCatalog.Verified.Where(model => Names(options, model))] : [];

    /// <summary>The models to measure; none where that was not asked for.</summary>
    public static IReadOnlyList<CheckModel> Measured(CheckOptions options) =>
        options.Bench ? [.. ModelCatalog.Measured.Where(model => Names(options, model) && options.Batches.Contains(model.BatchSize))] : [];

    /// <summary>Refuses names and batch sizes that no model has.</summary>
    /// <exception cref="UsageException">There is one.</exception>
    public static void Check(CheckOptions options)
    {
        string[] known = [.. (options.Verify ? ModelCatalog.Verified : []).Concat(options.Bench ? ModelCatalog.Measured : []).Select(model => model.Name).Distinct()];
        foreach (string name in options.Models.Where(name => !known.Contains(name)))
        {
            throw new UsageException($"There is no model '{name}' here; there are {string.Join(", ", known)}.");
        }

        if (options.Bench && !options.Verify && Measured(options).Count == 0)
        {
            throw new UsageException($"No such model is compiled for batches of {string.Join(", ", options.Batches)}; --list shows those that are.");
        }
    }

    private static bool Names(CheckOptions options, CheckModel model) =>
        options.Models.Count == 0 ? model.Name != ModelCatalog.TinyName : options.Models.Contains(model.Name);
}
