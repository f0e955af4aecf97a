using System.Collections.Generic;

namespace SdCompiler.Samples.Translator.Text;

/// <summary>Sentences with their translations.</summary>
internal sealed class ParallelText
{
    private ParallelText(IReadOnlyList<SentencePair> pairs, int skipped)
    {
        Pairs = pairs;
        Skipped = skipped;
    }

    /// <summary>The pairs in the order of the files; at least one.</summary>
    public IReadOnlyList<SentencePair> Pairs { get; }

    /// <summary>How many pairs were left out because a side of them was empty.</summary>
    public int Skipped { get; }

    /// <summary>Pairs that come from no file.</summary>
    /// <param name="pairs">At least one; no side of them is empty.</param>
    public static ParallelText Of(IReadOnlyList<SentencePair> pairs) => new(pairs, 0);

    /// <summary>Reads two files whose lines belong together, one by one.</summary>
    /// <param name="sourcePath">The sentences to translate from; UTF-8, plain or compressed with gzip.</param>
    /// <param name="targetPath">The sentences to translate into.</param>
    /// <param name="empty">What happens to pairs of which a side is empty.</param>
    /// <exception cref="DataFileException">A file cannot be read, they have different numbers of lines, or no pair is left.</exception>
    public static ParallelText Read(string sourcePath, string targetPath, EmptyLines empty = EmptyLines.Skip)
    {
        IReadOnlyList<string[]> source = TokenizedText.Read(sourcePath);
        IReadOnlyList<string[]> target = TokenizedText.Read(targetPath);
        TokenizedText.CheckEqualLines(sourcePath, source.Count, targetPath, target.Count);
        List<SentencePair> pairs = [];
        for (int i = 0; i < source.Count; i++)
        {
            if (empty == EmptyLines.Keep || (source[i].Length > 0 && target[i].Length > 0))
            {
                pairs.Add(new SentencePair(source[i], target[i], i + 1));
            }
        }

        return pairs.Count > 0
            ? new ParallelText(pairs, source.Count - pairs.Count)
            : throw new DataFileException(sourcePath, $"has no line with words for which {targetPath} has words too; give two texts whose lines belong together");
    }
}
