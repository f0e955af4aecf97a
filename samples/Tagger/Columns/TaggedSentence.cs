using System.Collections.Generic;
using SdCompiler.Samples.Tagger.Tags;

namespace SdCompiler.Samples.Tagger.Columns;

/// <summary>The words of a sentence with their tags.</summary>
/// <param name="Words">The words.</param>
/// <param name="Tags">As many tags.</param>
/// <param name="Line">The line of the first word in its file, counted from 1; 0 when it comes from no file.</param>
internal sealed record TaggedSentence(IReadOnlyList<string> Words, IReadOnlyList<Tag> Tags, long Line = 0)
{
    /// <summary>The same words with other tags.</summary>
    public TaggedSentence In(TagScheme from, TagScheme to) => this with { Tags = TagConversion.Convert(Tags, from, to) };
}
