using System.Collections.Generic;
using System.Linq;

namespace SdCompiler.Samples.Tagger.Tags;

/// <summary>Converts tags between schemes.</summary>
/// <remarks>Sequences that their scheme does not allow are read as <see cref="EntitySpans"/> says, so the result is always allowed in the new scheme.</remarks>
internal static class TagConversion
{
    /// <summary>The tags of the same entities in another scheme.</summary>
    /// <param name="tags">The tags of a sentence.</param>
    /// <param name="from">Their scheme.</param>
    /// <param name="to">The scheme to write.</param>
    public static Tag[] Convert(IReadOnlyList<Tag> tags, TagScheme from, TagScheme to) => Write(Read(tags, from), tags.Count, to);

    /// <summary>The entities of a sentence, by the rules of its scheme.</summary>
    /// <param name="tags">The tags.</param>
    /// <param name="scheme">Their scheme.</param>
    public static List<EntitySpan> Read(IReadOnlyList<Tag> tags, TagScheme scheme) => EntitySpans.Of(scheme == TagScheme.Bioes
        ? tags.Select(tag => tag.Prefix switch { 'S' => tag with { Prefix = 'B' }, 'E' => tag with { Prefix = 'I' }, _ => tag }).ToArray()
        : tags);

    /// <summary>The tags of entities.</summary>
    /// <param name="spans">The entities in their order, without overlap.</param>
    /// <param name="length">The words of the sentence.</param>
    /// <param name="scheme">The scheme to write.</param>
    public static Tag[] Write(IReadOnlyList<EntitySpan> spans, int length, TagScheme scheme)
    {
        Tag[] tags = Enumerable.Repeat(Tag.Outside, length).ToArray();
        EntitySpan before = new(-1, -1, "");
        foreach (EntitySpan span in spans)
        {
            bool touches = before.End == span.Start && before.Type == span.Type;
            for (int i = span.Start; i < span.End; i++)
            {
                tags[i] = new Tag(Prefix(scheme, i == span.Start, i == span.End - 1, touches), span.Type);
            }

            before = span;
        }

        return tags;
    }

    private static char Prefix(TagScheme scheme, bool isFirst, bool isLast, bool touches) => scheme switch
    {
        TagScheme.Iob1 => isFirst && touches ? 'B' : 'I',
        TagScheme.Bio2 => isFirst ? 'B' : 'I',
        _ => isFirst ? (isLast ? 'S' : 'B') : (isLast ? 'E' : 'I'),
    };
}
