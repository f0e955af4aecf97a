using System;
using System.Globalization;
using SdCompiler.Samples.Shared;
using SdCompiler.Samples.Shared.Progress;
using SdCompiler.Samples.Translator.Models;

namespace SdCompiler.Samples.Translator.Commands;

/// <summary>Lists models and variants with what their plans say.</summary>
internal sealed class ModelsCommand(CommandContext context)
{
    /// <summary>Tokens of both vocabularies; figures depend on them.</summary>
    private const int Vocabulary = 10_000;

    public int Run()
    {
        TextTable table = new("model", "variant", "parameters", "multiply-adds/token, dense", "kept", "ceiling");
        foreach (ModelEntry entry in ModelCatalog.All)
        {
            foreach (Dropout variant in Enum.GetValues<Dropout>())
            {
                PlanFigures figures = entry.Plan.Evaluate(variant.ToString(), Vocabulary, Vocabulary);
                table.Add(
                    entry.Name,
                    DropoutNames.Text(variant),
                    figures.Parameters.ToString("#,0", CultureInfo.InvariantCulture),
                    (figures.Dense / figures.Tokens).ToString("#,0", CultureInfo.InvariantCulture),
                    (figures.Kept / figures.Tokens).ToString("#,0", CultureInfo.InvariantCulture),
                    figures.CeilingSpeedup.ToString("0.00", CultureInfo.InvariantCulture));
            }
        }

        table.Write(context.Output);
        context.Output.WriteLine();
        context.Output.WriteLine($"Multiply-adds of a training step, per pair of a source and a target token, with vocabularies of {Vocabulary:#,0} tokens. nr drops non-recurrent connections, nr+rh recurrent ones too.");
        context.Output.WriteLine("The ceiling is dense over kept: how many times faster a step can become by arithmetic alone.");
        foreach (ModelEntry entry in ModelCatalog.All)
        {
            context.Output.WriteLine($"  {entry.Name,-8}{entry.Description}");
        }

        return ExitCodes.Success;
    }
}
