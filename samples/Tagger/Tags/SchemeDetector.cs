using System.Collections.Generic;
using System.Linq;
using SdCompiler.Samples.Tagger.Columns;

namespace SdCompiler.Samples.Tagger.Tags;

/// <summary>Finds out which scheme the tags of a text follow.</summary>
internal static class SchemeDetector
{
    /// <summary>The schemes in the order of preference, which matters only for a text without entities.</summary>
    private static readonly TagScheme[] Schemes = [TagScheme.Bio2, TagScheme.Iob1, TagScheme.Bioes];

    /// <summary>The one scheme whose rules no tag of a text breaks; BIO2 for a text without entities.</summary>
    /// <param name="sentences">The text.</param>
    /// <param name="file">Its file, for the message.</param>
    /// <exception cref="DataFileException">Every scheme is broken somewhere.</exception>
    public static TagScheme Detect(IReadOnlyList<TaggedSentence> sentences, string file)
    {
        // E- and S- are of one scheme only: a mistake is then looked for there and not in the two that lack them.
        bool hasEnds = sentences.Any(sentence => sentence.Tags.Any(tag => tag.Prefix is 'E' or 'S'));
        List<SchemeViolation> violations = [];
        foreach (TagScheme scheme in Schemes.Where(scheme => !hasEnds || scheme == TagScheme.Bioes))
        {
            SchemeViolation? violation = sentences.Select(sentence => FirstViolation(sentence, scheme)).FirstOrDefault(found => found is not null);
            if (violation is null)
            {
                return scheme;
            }

            violations.Add(violation);
        }

        SchemeViolation first = violations[0];
        string others = string.Concat(violations.Skip(1).Where(other => other.Scheme != TagScheme.Bioes).Select(other => $", and on line {other.Line} {other.What} in {other.Scheme.Name()}"));
        throw new DataFileException(file, first.Line, $"{first.What} is wrong in {first.Scheme.Name()}{others}; keep to one of IOB1, BIO2 and BIOES");
    }

    /// <summary>Where a sentence first breaks the rules of a scheme; null where it does not.</summary>
    public static SchemeViolation? FirstViolation(TaggedSentence sentence, TagScheme scheme)
    {
        Tag previous = Tag.Outside;
        for (int i = 0; i <= sentence.Tags.Count; i++)
        {
            bool isEnd = i == sentence.Tags.Count;
            Tag current = isEnd ? Tag.Outside : sentence.Tags[i];
            if (!TagRules.MayFollow(scheme, previous, current))
            {
                string what = isEnd ? $"{previous} at the end of a sentence" : i == 0 ? $"{current} at the start of a sentence" : $"{current} after {previous}";
                return new SchemeViolation(scheme, sentence.Line + i - (isEnd ? 1 : 0), what);
            }

            previous = current;
        }

        return null;
    }
}
