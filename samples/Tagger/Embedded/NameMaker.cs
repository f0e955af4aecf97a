using System.Linq;
using SdCompiler.Samples.Shared;

namespace SdCompiler.Samples.Tagger.Embedded;

/// <summary>Makes names of persons, places and organisations from parts that they share.</summary>
/// <param name="random">Draws.</param>
/// <param name="withheldToo">Whether names with the last quarter of the stems are made as well, which no training sentence has.</param>
internal sealed class NameMaker(SplitMix64 random, bool withheldToo)
{
    private static readonly string[] Given = ["Ada", "Boris", "Clara", "Dan", "Elena", "Felix", "Greta", "Hugo", "Ivo", "Jana", "Karl", "Lena", "Mira", "Nils", "Olga", "Petra", "Rolf", "Sara", "Timo", "Vera"];

    /// <summary>Given names that are common words at the start of a sentence.</summary>
    private static readonly string[] WordLike = ["Mark", "May", "Rose", "Will", "Grant", "Bill"];

    /// <summary>One word that names a person here and a place there.</summary>
    private static readonly string[] Ambiguous = ["Jordan", "Florence", "Chester", "Austin", "Madison", "Carson", "Lincoln", "Darwin", "Marlow", "Preston"];

    private static readonly string[] Stems = ["Hal", "Dor", "Kel", "Mar", "Brem", "Tor", "Wes", "Lan", "Sten", "Ros", "Gar", "Fen", "Ald", "Bor", "Cran", "Eld", "Hol", "Nor", "Pel", "Quin", "Rad", "Sel", "Thorn", "Vel"];
    private static readonly string[] PersonEndings = ["son", "sen", "ov", "ini", "escu", "man"];
    private static readonly string[] PlaceEndings = ["burg", "ville", "ton", "stad", "mouth", "land"];
    private static readonly string[] CompanyEndings = ["tech", "soft", "corp", "bank"];
    private static readonly string[] CompanyWords = ["Industries", "Motors", "Holdings", "Airlines", "Group"];
    private static readonly string[] ClubWords = ["United", "Rovers", "Athletic"];
    private static readonly string[] Consonants = ["B", "C", "D", "F", "G", "K", "L", "M", "N", "P", "R", "S", "T", "V"];

    /// <summary>A person: given and family name, or one of them.</summary>
    public string[] Person() => random.Below(6) switch
    {
        0 => [random.Pick(Ambiguous)],
        1 => [random.Pick(Ambiguous), Family()],
        2 => [random.Pick(WordLike), Family()],
        3 => [Family()],
        _ => [random.Pick(Given), Family()],
    };

    /// <summary>A place.</summary>
    public string[] Place() => random.Below(6) switch
    {
        0 or 1 => [random.Pick(Ambiguous)],
        2 => [random.Pick(["New", "Port", "North"]), Town()],
        _ => [Town()],
    };

    /// <summary>A company, an office or a school; some have a place or a person in their name.</summary>
    public string[] Organisation() => random.Below(7) switch
    {
        0 => ["Bank", "of", .. Place()],
        1 => ["University", "of", .. Place()],
        2 => [Family(), "&", Family()],
        3 => [random.Pick(Ambiguous), random.Pick(CompanyWords)],
        4 => [string.Concat(Enumerable.Range(0, 3).Select(_ => random.Pick(Consonants)))],
        5 => [Stem() + random.Pick(CompanyEndings)],
        _ => [Stem() + random.Pick(PlaceEndings), random.Pick(CompanyWords)],
    };

    /// <summary>A sports club, which is often called by its town alone.</summary>
    public string[] Club() => random.Chance(0.6) ? Place() : [.. Place(), random.Pick(ClubWords)];

    private string Family() => Stem() + random.Pick(PersonEndings);

    private string Town() => Stem() + random.Pick(PlaceEndings);

    private string Stem() => Stems[random.Below(withheldToo ? Stems.Length : Stems.Length * 3 / 4)];
}
