using System.Collections.Generic;
using SdCompiler.Samples.Tagger.Tags;

namespace SdCompiler.Samples.Tagger.Columns;

/// <summary>Reads words and tags from a column file.</summary>
internal static class TaggedText
{
    /// <summary>The tagged sentences of a file.</summary>
    /// <param name="path">A UTF-8 column file, plain or compressed with gzip.</param>
    /// <param name="options">Which columns; null for the first as the word and the last as the tag.</param>
    /// <returns>At least one sentence, with the tags as the file has them.</returns>
    /// <exception cref="DataFileException">The file cannot be read, lacks a column, or has a tag that is none.</exception>
    public static IReadOnlyList<TaggedSentence> Read(string path, ColumnOptions? options = null)
    {
        options ??= new ColumnOptions();
        List<TaggedSentence> sentences = [];
        foreach (ColumnSentence sentence in ColumnFile.Read(path))
        {
            int columns = sentence.Rows[0].Length;
            int word = Column(path, sentence.Line, options.Word, columns, "word");
            int tag = Column(path, sentence.Line, options.Tag, columns, "tag");
            string[] words = new string[sentence.Rows.Count];
            Tag[] tags = new Tag[words.Length];
            for (int i = 0; i < words.Length; i++)
            {
                words[i] = sentence.Rows[i][word];
                tags[i] = ParseTag(path, sentence.Line + i, sentence.Rows[i][tag]);
            }

            sentences.Add(new TaggedSentence(words, tags, sentence.Line));
        }

        return sentences;
    }

    /// <summary>The tag that a column spells.</summary>
    /// <exception cref="DataFileException">It spells none.</exception>
    public static Tag ParseTag(string path, long line, string text) => Tag.TryParse(text, out Tag tag)
        ? tag
        : throw new DataFileException(path, line, $"'{text}' is no tag; use O, or B-, I-, E- or S- followed by a type, such as B-PER");

    private static int Column(string path, long line, int column, int columns, string what)
    {
        int index = column < 0 ? columns + column : column;
        return index >= 0 && index < columns
            ? index
            : throw new DataFileException(path, line, $"has {(columns == 1 ? "1 column" : $"{columns} columns")} and thus no column {column} for the {what}; count from 0, or from -1 backwards");
    }
}
