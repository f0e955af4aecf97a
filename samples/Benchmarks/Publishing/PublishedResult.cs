using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using SdCompiler.Samples.Benchmarks.Reports;
using SdCompiler.Samples.Shared;

namespace SdCompiler.Samples.Benchmarks.Publishing;

/// <summary>A result of <c>step</c> that a page shows.</summary>
/// <param name="Machine">The name of the folder, which tells machines apart better than the names of processors do.</param>
/// <param name="Link">The way from the page to the file, as a link writes it.</param>
/// <param name="Report">What the file says.</param>
internal sealed record PublishedResult(string Machine, string Link, StepReport Report)
{
    /// <summary>The results of all machines, in ordinal order of folders and then of files, whatever order a file system lists them in.</summary>
    /// <param name="folder">The folder with a folder for each machine.</param>
    /// <param name="page">The file that shows them.</param>
    /// <exception cref="UserErrorException">There are none, or one cannot be read.</exception>
    public static IReadOnlyList<PublishedResult> All(string folder, string page)
    {
        if (!Directory.Exists(folder))
        {
            throw new UserErrorException($"{folder}: there is no such folder; give --results the folder with a folder of results for each machine.");
        }

        List<PublishedResult> all = [];
        foreach (string machine in Directory.GetDirectories(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal))
        {
            foreach (string name in Names(Path.Combine(folder, machine)))
            {
                string file = Path.Combine(folder, machine, name + ".json");
                if (JsonReport.ReadStep(file) is StepReport report)
                {
                    all.Add(new PublishedResult(machine, LinkTo(file, page), report));
                }
            }
        }

        return all.Count > 0
            ? all
            : throw new UserErrorException($"{folder}: there is no result of a training step in its folders; write one with 'benchmarks step --json {folder}/MACHINE/MODEL.json'.");
    }

    /// <summary>Without their endings, so that "small" comes before "small-1-thread".</summary>
    private static IEnumerable<string> Names(string folder) =>
        Directory.GetFiles(folder, "*.json").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);

    private static string LinkTo(string file, string page)
    {
        string path = Path.GetRelativePath(Path.GetDirectoryName(Path.GetFullPath(page))!, file);
        return string.Join('/', path.Split(Path.DirectorySeparatorChar).Select(Uri.EscapeDataString));
    }
}
