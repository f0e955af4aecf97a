namespace SdCompiler.Samples.Tagger.Tags;

/// <summary>How tags mark where entities begin and end.</summary>
internal enum TagScheme
{
    /// <summary>I- throughout; B- on the first word of an entity that touches another of its type, and needed nowhere else.</summary>
    Iob1,

    /// <summary>B- on the first word of every entity, I- on the others.</summary>
    Bio2,

    /// <summary>B- first, I- inside, E- last; S- on an entity of one word.</summary>
    Bioes,
}
