namespace SdCompiler.Samples.Translator.Embedded;

/// <summary>A noun of both languages.</summary>
/// <param name="Singular">In English, one.</param>
/// <param name="Plural">In English, several.</param>
/// <param name="Stem">In the other language, without ending.</param>
/// <param name="Gender">There: m, f or n, which nothing in the English word tells.</param>
internal sealed record Noun(string Singular, string Plural, string Stem, char Gender)
{
    /// <summary>A noun whose English plural ends in -s.</summary>
    public Noun(string singular, string stem, char gender)
        : this(singular, singular + "s", stem, gender)
    {
    }

    /// <summary>The noun in English.</summary>
    public string English(bool isPlural) => isPlural ? Plural : Singular;
}
