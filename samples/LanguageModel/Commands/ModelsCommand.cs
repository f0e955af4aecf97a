using System;
using System.Globalization;
using SdCompiler.Samples.LanguageModel.Models;
using SdCompiler.Samples.Shared.Progress;
using SdCompiler.Samples.Shared;

namespace SdCompiler.Samples.LanguageModel.Commands;

/// <summary>Lists models and variants with what their plans say.</summary>
internal sealed class ModelsCommand(CommandContext context)
{
    /// <summary>The vocabulary that the published models have; figures depend on it.</summary>
    private const int Vocabulary = 10_000;

    public int Run()
    {
        TextTable table = new("model", "variant", "parameters", "multiply-adds/token, dense", "kept", "ceiling");
        foreach (ModelEntry entry in ModelCatalog.All)
        {
            foreach (Dropout variant in entry.Variants)
            {
                PlanFigures figures = entry.Plan.Evaluate(variant.ToString(), Vocabulary);
                table.Add(
                    entry.Name,
                    entry.Text(variant),
                    figures.Parameters.ToString("#,0", CultureInfo.InvariantCulture),
                    (figures.Dense / figures.Tokens).ToString("#,0", CultureInfo.InvariantCulture),
                    (figures.Kept / figures.Tokens).ToString("#,0", CultureInfo.InvariantCulture),
                    figures.CeilingSpeedup.ToString("0.00", CultureInfo.InvariantCulture));
            }
        }

        table.Write(context.Output);
        context.Output.WriteLine();
        context.Output.WriteLine($"Multiply-adds of a training step, per token, with a vocabulary of {Vocabulary:#,0} words. nr drops non-recurrent connections, nr+rh recurrent ones too.");
        context.Output.WriteLine("The ceiling is dense over kept: how many times faster a step can become by arithmetic alone.");
        foreach (ModelEntry entry in ModelCatalog.All)
        {
            context.Output.WriteLine($"  {entry.Name,-16}{entry.Description}{(entry.HasDropout ? "" : ": every pattern is the dense model")}");
        }

        return ExitCodes.Success;
    }
}
