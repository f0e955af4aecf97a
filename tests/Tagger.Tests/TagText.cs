using System;
using System.Linq;
using SdCompiler.Samples.Tagger.Columns;
using SdCompiler.Samples.Tagger.Tags;

namespace SdCompiler.Tagger.Tests;

/// <summary>Writes and reads tags the short way that the tests use.</summary>
internal static class TagText
{
    /// <summary>Tags separated by spaces.</summary>
    public static Tag[] Tags(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(part =>
        Tag.TryParse(part, out Tag tag) ? tag : throw new ArgumentException($"'{part}' is no tag.", nameof(text))).ToArray();

    /// <summary>The tags again as text.</summary>
    public static string Text(Tag[] tags) => string.Join(' ', tags.Select(tag => tag.ToString()));

    /// <summary>A sentence with these tags.</summary>
    public static TaggedSentence Sentence(string text, long line = 1)
    {
        Tag[] tags = Tags(text);
        return new TaggedSentence(tags.Select((_, i) => "w" + i).ToArray(), tags, line);
    }
}
