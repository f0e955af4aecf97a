using System.Collections.Generic;
using System.Globalization;
using SdCompiler.Samples.Shared;
using SdCompiler.Samples.Tagger.Columns;
using SdCompiler.Samples.Tagger.Data;
using SdCompiler.Samples.Tagger.Models;
using SdCompiler.Samples.Tagger.Prediction;
using SdCompiler.Samples.Tagger.Scoring;
using SdCompiler.Samples.Tagger.Training;

namespace SdCompiler.Samples.Tagger.Commands;

/// <summary>Measures a checkpoint on a column file.</summary>
internal sealed class EvaluateCommand(CommandContext context)
{
    /// <param name="checkpoint">The checkpoint's folder.</param>
    /// <param name="file">The column file with right tags.</param>
    /// <param name="threads">Threads, or null for all processors.</param>
    public int Run(string checkpoint, string file, int? threads)
    {
        SavedTagger saved = SavedTagger.OpenBest(checkpoint);
        IReadOnlyList<TaggedSentence> sentences = TaggerCorpus.Read(file);
        saved.Vocabulary.CheckTags(sentences, file);
        SentenceTagger tagger = new(saved.Load(), saved.Vocabulary, threads ?? 0);
        TaggingScores scores = new ScoredText(sentences, saved.Vocabulary).Score(tagger);
        context.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"tagger ({DropoutNames.Text(saved.Settings.Variant)}), after {saved.Checkpoint.StepCount:#,0} steps, on {Sentences(sentences.Count)} of {file}:"));
        ScoreTable.Write(scores, context.Output);
        return ExitCodes.Success;
    }

    private static string Sentences(int count) => count == 1 ? "the 1 sentence" : string.Create(CultureInfo.InvariantCulture, $"the {count:#,0} sentences");
}
