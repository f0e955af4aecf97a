using System.Collections.Generic;
using System.Linq;
using SdCompiler.Samples.Tagger.Columns;
using SdCompiler.Samples.Tagger.Tags;

namespace SdCompiler.Samples.Tagger.Data;

/// <summary>Cuts sentences that are longer than a training step into parts. Tagging cuts nothing: it takes any length.</summary>
internal static class SentenceParts
{
    /// <summary>The parts of a sentence, in order; the sentence itself where it is short enough.</summary>
    /// <param name="sentence">A sentence in BIOES.</param>
    /// <param name="longest">The most words of a part, at least 2.</param>
    /// <returns>Parts that end between entities, unless an entity fills half a part.</returns>
    public static IEnumerable<TaggedSentence> Of(TaggedSentence sentence, int longest)
    {
        int start = 0;
        while (sentence.Words.Count - start > longest)
        {
            int end = start + longest;
            while (end > start + (longest / 2) && sentence.Tags[end].Prefix is 'I' or 'E')
            {
                end--;
            }

            end = sentence.Tags[end].Prefix is 'I' or 'E' ? start + longest : end;
            yield return Part(sentence, start, end);
            start = end;
        }

        yield return start == 0 ? sentence : Part(sentence, start, sentence.Words.Count);
    }

    private static TaggedSentence Part(TaggedSentence sentence, int start, int end)
    {
        Tag[] tags = sentence.Tags.Skip(start).Take(end - start).ToArray();

        // A cut entity becomes two: its halves are read as what they look like and written as the scheme wants them.
        return new TaggedSentence([.. sentence.Words.Skip(start).Take(end - start)], TagConversion.Convert(tags, TagScheme.Bioes, TagScheme.Bioes), sentence.Line + start);
    }
}
