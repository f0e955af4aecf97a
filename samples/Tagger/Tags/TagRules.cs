namespace SdCompiler.Samples.Tagger.Tags;

/// <summary>Which tags may follow each other.</summary>
internal static class TagRules
{
    /// <summary>The scheme's name as papers write it.</summary>
    public static string Name(this TagScheme scheme) => scheme switch
    {
        TagScheme.Iob1 => "IOB1",
        TagScheme.Bio2 => "BIO2",
        _ => "BIOES",
    };

    /// <summary>The prefixes that a scheme uses within entities, in the order in which tags are listed.</summary>
    public static string Prefixes(this TagScheme scheme) => scheme == TagScheme.Bioes ? "BIES" : "BI";

    /// <summary>Whether a sentence may begin with a tag.</summary>
    public static bool MayStart(TagScheme scheme, Tag tag) => MayFollow(scheme, Tag.Outside, tag);

    /// <summary>Whether a sentence may end with a tag.</summary>
    public static bool MayEnd(TagScheme scheme, Tag tag) => MayFollow(scheme, tag, Tag.Outside);

    /// <summary>Whether one tag may stand directly after another.</summary>
    public static bool MayFollow(TagScheme scheme, Tag previous, Tag next) =>
        IsOf(scheme, previous) && IsOf(scheme, next) && scheme switch
        {
            // A B- that separates nothing is superfluous but clear; the training file of 2003 has two of them.
            TagScheme.Iob1 => true,
            TagScheme.Bio2 => next.Prefix != 'I' || previous.Type == next.Type,
            _ => next.Prefix is 'I' or 'E' ? previous.Prefix is 'B' or 'I' && previous.Type == next.Type : previous.Prefix is not ('B' or 'I'),
        };

    private static bool IsOf(TagScheme scheme, Tag tag) => tag.IsOutside || scheme.Prefixes().Contains(tag.Prefix);
}
