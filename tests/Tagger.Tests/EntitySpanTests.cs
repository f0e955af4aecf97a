using System.Linq;
using SdCompiler.Samples.Tagger.Tags;
using Xunit;

namespace SdCompiler.Tagger.Tests;

/// <summary>The entities that conlleval counts, worked by hand from its two rules; a span is written start-end:type, the end not included.</summary>
public sealed class EntitySpanTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("O O", "")]
    [InlineData("B-P I-P O B-L", "0-2:P 3-4:L")]
    [InlineData("B-P B-P I-P", "0-1:P 1-3:P")]
    [InlineData("I-P I-P B-P", "0-2:P 2-3:P")] // IOB1
    [InlineData("O I-P O", "1-2:P")] // I- after O begins an entity
    [InlineData("B-P I-L I-L", "0-1:P 1-3:L")] // another type begins another entity
    [InlineData("I-P I-L B-L", "0-1:P 1-2:L 2-3:L")]
    [InlineData("B-P I-P E-P O", "0-3:P")] // a legal BIOES entity
    [InlineData("B-P E-P B-P E-P", "0-4:P")] // neither rule has E- before B-: conlleval joins them
    [InlineData("E-P E-P", "0-1:P 1-2:P")]
    [InlineData("E-P I-P", "0-1:P 1-2:P")]
    [InlineData("I-P E-P I-P E-P", "0-2:P 2-4:P")] // IOE tags, which conlleval knows
    [InlineData("O E-P O", "1-2:P")]
    [InlineData("O S-P O", "1-2:P")] // S- is not known; its type differs from that of O
    [InlineData("S-P S-P", "0-2:P")] // and so touching ones are joined
    [InlineData("S-P S-L B-L", "0-1:P 1-3:L")]
    [InlineData("B-P S-P", "0-2:P")]
    [InlineData("B-X-Y I-X-Y I-X", "0-2:X-Y 2-3:X")] // types with hyphens
    public void SpansAreThoseOfTheSharedTask(string tags, string spans) => Assert.Equal(spans, Text(EntitySpans.Of(TagText.Tags(tags))));

    [Theory]
    [InlineData("S-P S-P B-P E-P B-P E-P", "0-1:P 1-2:P 2-4:P 4-6:P")]
    [InlineData("B-P I-P E-P S-L O", "0-3:P 3-4:L")]
    [InlineData("E-P O I-P I-P", "0-1:P 2-4:P")]
    public void BioesIsReadAsItIsMeant(string tags, string spans) => Assert.Equal(spans, Text(TagConversion.Read(TagText.Tags(tags), TagScheme.Bioes)));

    private static string Text(System.Collections.Generic.List<EntitySpan> spans) => string.Join(' ', spans.Select(span => $"{span.Start}-{span.End}:{span.Type}"));
}
