using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using SdCompiler.Samples.Benchmarks.Generating;
using SdCompiler.Samples.Benchmarks.Measuring;
using SdCompiler.Samples.Shared.Progress;
using SdCompiler.Samples.Shared;

namespace SdCompiler.Samples.Benchmarks.Commands;

/// <summary>Measures what the generator costs an editor: the first run on a project of many models, and the run after each kind of edit.</summary>
internal sealed class GeneratorCommand(CommandContext context)
{
    /// <summary>Measures.</summary>
    /// <param name="models">Models of the project.</param>
    /// <param name="runs">Edits of each kind.</param>
    /// <returns>The exit code.</returns>
    public int Run(int models, int runs)
    {
        EditedProject project = new(models);
        TextTable table = new("edit", "ms", "models compiled", "files");
        Add(table, "first run, compiler cold", [project.Run()]);
        List<GeneratorTime> other = [], changed = [], added = [];
        for (int run = 0; run < runs; run++)
        {
            context.Stop.ThrowIfCancellationRequested();
            project.EditOther(run);
            other.Add(project.Run());
            project.EditModel(run);
            changed.Add(project.Run());
            project.AddModel();
            added.Add(project.Run());
            project.RemoveModel();
            project.Run();
        }

        Add(table, "a file without models", other);
        Add(table, "a value of one model", changed);
        Add(table, "one model more", added);
        table.Write(context.Output);
        context.Output.WriteLine();
        context.Output.WriteLine($"{models} language models of 2 x 650 units; medians of {runs} edits of each kind.");
        return ExitCodes.Success;
    }

    private static void Add(TextTable table, string edit, List<GeneratorTime> times) => table.Add(
        edit,
        Statistics.Median(times.Select(time => time.Time.TotalMilliseconds)).ToString("0.0", CultureInfo.InvariantCulture),
        times[^1].Compiled.ToString(CultureInfo.InvariantCulture),
        times[^1].Files.ToString(CultureInfo.InvariantCulture));
}
