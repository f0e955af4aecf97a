using System.Collections.Generic;

namespace SdCompiler.Samples.Tagger.Tags;

/// <summary>Finds entities in tags exactly as the scorer of the CoNLL shared tasks of 2000 and 2003 does, in legal and illegal sequences alike.</summary>
/// <remarks>
/// That scorer (conlleval, version of 2004-01-26) reads any mixture of prefixes: an I- or E- after O or after another type begins an entity.
/// It does not know S-, and knows E- only in sequences of I- and E-: of BIOES tags it joins touching entities of one type.
/// <see cref="TagConversion"/> reads BIOES as it is meant.
/// </remarks>
internal static class EntitySpans
{
    /// <summary>The entities of a sentence, in their order.</summary>
    /// <param name="tags">Its tags.</param>
    public static List<EntitySpan> Of(IReadOnlyList<Tag> tags)
    {
        List<EntitySpan> spans = [];
        Tag previous = Tag.Outside;
        int start = 0;
        for (int i = 0; i <= tags.Count; i++)
        {
            Tag current = i < tags.Count ? tags[i] : Tag.Outside;
            bool starts = Starts(previous, current);
            if (!previous.IsOutside && (starts || current.IsOutside))
            {
                spans.Add(new EntitySpan(start, i, previous.Type));
            }

            start = starts ? i : start;
            previous = current;
        }

        return spans;
    }

    /// <summary>Whether an entity begins between two tags; the one before ends there exactly when this holds or O follows.</summary>
    private static bool Starts(Tag previous, Tag current) =>
        !current.IsOutside
        && (previous.Type != current.Type
            || (previous.Prefix is 'B' or 'I' && current.Prefix == 'B')
            || (previous.Prefix == 'E' && current.Prefix is 'I' or 'E'));
}
