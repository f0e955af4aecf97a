using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using SdCompiler.Samples.Shared;

namespace SdCompiler.Samples.Tagger.Scoring;

/// <summary>Writes scores as conlleval does, character by character, so that scripts that read its output read this too.</summary>
internal static class ScoreTable
{
    /// <summary>The width that conlleval gives a type; longer ones widen the column here.</summary>
    private const int TypeWidth = 17;

    /// <summary>Writes the counts, the overall scores, and a line for each type with the number of entities predicted.</summary>
    /// <param name="scores">The scores.</param>
    /// <param name="output">Where to.</param>
    public static void Write(TaggingScores scores, TextWriter output)
    {
        EntityCounts all = scores.Overall;
        output.WriteLine($"processed {scores.Tokens} tokens with {all.Gold} phrases; found: {all.Predicted} phrases; correct: {all.Correct}.");
        output.WriteLine($"accuracy: {Percent(scores.Accuracy)}; {Line(all)}");
        int width = scores.ByType.Select(pair => pair.Key.Length).Append(TypeWidth).Max();
        foreach ((string type, EntityCounts counts) in scores.ByType)
        {
            output.WriteLine($"{type.PadLeft(width)}: {Line(counts)}  {counts.Predicted}");
        }
    }

    private static string Line(EntityCounts counts) =>
        $"precision: {Percent(counts.Precision)}; recall: {Percent(counts.Recall)}; FB1: {Number(counts.F1)}";

    private static string Percent(double value) => Number(value) + "%";

    private static string Number(double value) => FixedPoint.Format(value, 2).PadLeft(6);
}
