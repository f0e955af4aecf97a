using System.Collections.Generic;
using System.Linq;
using SdCompiler.Samples.GpuCheck.Models;

namespace SdCompiler.Samples.GpuCheck.Commands;

/// <summary>The models that the command line names.</summary>
internal static class ModelChoice
{
    /// <summary>Those of the names, or all but <c>tiny</c>.</summary>
    /// <exception cref="UsageException">There is no model of a name.</exception>
    public static IReadOnlyList<CheckModel> Of(IReadOnlyList<CheckModel> models, IReadOnlyList<string> names)
    {
        foreach (string name in names.Where(name => models.All(model => model.Name != name)))
        {
            throw new UsageException($"There is no model '{name}' here; there are {string.Join(", ", models.Select(model => model.Name).Distinct())}.");
        }

        return [.. models.Where(model => names.Count == 0 ? model.Name != "tiny" : names.Contains(model.Name))];
    }
}
