using System.Collections.Generic;
using System.Linq;
using SdCompiler.Samples.Tagger.Columns;

namespace SdCompiler.Samples.Tagger.Tags;

/// <summary>Finds out which scheme the tags of a text follow.</summary>
internal static class SchemeDetector
{
    /// <summary>BIOES for a text with E- or S-; else BIO2 where every entity begins with B-, and IOB1 where one does not.</summary>
    /// <param name="sentences">The text; without entities it is BIO2.</param>
    /// <param name="file">Its file, for the message.</param>
    /// <exception cref="DataFileException">The text has E- or S-, and breaks the rules of BIOES.</exception>
    /// <remarks>Tags of B-, I- and O are always one of the other two, and then mean the same entities in both.</remarks>
    public static TagScheme Detect(IReadOnlyList<TaggedSentence> sentences, string file)
    {
        if (!sentences.Any(sentence => sentence.Tags.Any(tag => tag.Prefix is 'E' or 'S')))
        {
            return sentences.All(sentence => FirstViolation(sentence, TagScheme.Bio2) is null) ? TagScheme.Bio2 : TagScheme.Iob1;
        }

        SchemeViolation? violation = sentences.Select(sentence => FirstViolation(sentence, TagScheme.Bioes)).FirstOrDefault(found => found is not null);
        return violation is null
            ? TagScheme.Bioes
            : throw new DataFileException(file, violation.Line, $"{violation.What} is wrong in BIOES, the scheme of the text's E- and S- tags; correct it, or convert the text to BIO2");
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
                return new SchemeViolation(sentence.Line + i - (isEnd ? 1 : 0), what);
            }

            previous = current;
        }

        return null;
    }
}
