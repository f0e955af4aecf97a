using System;
using System.Collections.Generic;
using System.Linq;
using SdCompiler.Samples.Shared;
using SdCompiler.Samples.Tagger.Columns;
using SdCompiler.Samples.Tagger.Prediction;
using SdCompiler.Samples.Tagger.Tags;
using SdCompiler.Samples.Tagger.Training;

namespace SdCompiler.Samples.Tagger.Commands;

/// <summary>Tags a text and writes it as columns.</summary>
internal sealed class TagCommand(CommandContext context)
{
    /// <summary>Sentences that are tagged together: enough to fill windows, few enough to keep a long text moving.</summary>
    private const int Together = 256;

    private const string InputName = "standard input";

    private static readonly char[] Separators = [' ', '\t'];

    public int Run(TagRequest request)
    {
        SavedTagger saved = SavedTagger.OpenBest(request.Checkpoint);
        SentenceTagger tagger = new(saved.Load(), saved.Vocabulary, request.Threads ?? 0);
        string name = request.File ?? InputName;
        IEnumerable<string> lines = request.File is null ? TextFile.ReadLines(context.Input(), InputName) : TextFile.ReadLines(request.File);

        // Whoever types sentences wants each one's tags before the next.
        int together = request.File is null && !Console.IsInputRedirected ? 1 : Together;
        foreach (ColumnSentence[] sentences in (request.Columns ? ColumnFile.Read(lines, name, allowNone: true) : Text(lines)).Chunk(together))
        {
            context.Stop.ThrowIfCancellationRequested();
            foreach (ColumnSentence sentence in sentences)
            {
                SentenceTagger.CheckLength(name, sentence.Line, sentence.Rows.Count);
            }

            Write(sentences, tagger.Tag([.. sentences.Select(sentence => (IReadOnlyList<string>)[.. sentence.Rows.Select(row => row[0])])]));
        }

        return ExitCodes.Success;
    }

    /// <summary>One sentence per line, words separated by spaces or tabs; lines without words are no sentences.</summary>
    private static IEnumerable<ColumnSentence> Text(IEnumerable<string> lines) => lines
        .Select((line, i) => new ColumnSentence(i + 1, [.. line.Split(Separators, StringSplitOptions.RemoveEmptyEntries).Select(word => new[] { word })]))
        .Where(sentence => sentence.Rows.Count > 0);

    /// <summary>Each token with its columns and its tag on a line, an empty line after each sentence.</summary>
    private void Write(ColumnSentence[] sentences, Tag[][] tags)
    {
        for (int i = 0; i < sentences.Length; i++)
        {
            for (int t = 0; t < tags[i].Length; t++)
            {
                context.Output.WriteLine($"{string.Join(' ', sentences[i].Rows[t])} {tags[i][t]}");
            }

            context.Output.WriteLine();
        }

        context.Output.Flush();
    }
}
