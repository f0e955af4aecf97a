using System.Linq;
using SdCompiler.Samples.Tagger.Columns;
using SdCompiler.Samples.Tagger.Tags;

namespace SdCompiler.Samples.Tagger.Scoring;

/// <summary>Scores a column file whose last two columns are the gold and the predicted tag.</summary>
internal static class ScoredFile
{
    /// <summary>Reads and counts a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataFileException">It cannot be read, has fewer than two columns, or a tag that is none.</exception>
    public static TaggingScorer Score(string path)
    {
        TaggingScorer scorer = new();
        bool isFirst = true;
        foreach (ColumnSentence sentence in ColumnFile.Read(path))
        {
            if (sentence.Rows[0].Length < 2)
            {
                throw new DataFileException(path, sentence.Line, "has 1 column; the last two must be the gold and the predicted tag");
            }

            if (isFirst && !Tag.TryParse(sentence.Rows[0][^2], out _))
            {
                // Most likely a file of right tags alone: the word stands where the right tag is looked for.
                throw new DataFileException(path, sentence.Line, $"'{sentence.Rows[0][^2]}' in the column before the last is no tag; the last two columns must be the gold and the predicted tag, such as what tag --columns writes of a file with gold tags");
            }

            Tag[] Column(int fromEnd) => sentence.Rows.Select((row, i) => TaggedText.ParseTag(path, sentence.Line + i, row[^fromEnd])).ToArray();
            isFirst = false;
            scorer.Add(Column(2), Column(1));
        }

        return scorer;
    }
}
