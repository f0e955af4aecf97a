namespace SdCompiler.Samples.Translator.Embedded;

/// <summary>The words of the toy language pair; those of the second language are made up.</summary>
internal static class ToyLexicon
{
    /// <summary>Nouns that act.</summary>
    public static Noun[] Persons { get; } =
    [
        new("farmer", "talm", 'm'), new("teacher", "sorv", 'f'), new("child", "children", "pild", 'n'), new("king", "drank", 'm'),
        new("queen", "melt", 'f'), new("sailor", "gorun", 'm'), new("baker", "fimel", 'f'), new("woman", "women", "lesk", 'f'),
        new("man", "men", "harr", 'm'), new("doctor", "venik", 'n'), new("painter", "quast", 'f'), new("robot", "zorb", 'n'),
    ];

    /// <summary>Nouns that are acted upon, or stand somewhere.</summary>
    public static Noun[] Things { get; } =
    [
        new("bridge", "tarsk", 'f'), new("house", "omber", 'n'), new("garden", "lunt", 'm'), new("table", "krim", 'm'),
        new("ship", "nalv", 'f'), new("door", "pesk", 'f'), new("wall", "dorm", 'm'), new("tower", "yelt", 'n'),
        new("box", "boxes", "vump", 'n'), new("road", "sarn", 'f'), new("lamp", "gliv", 'm'), new("chair", "tosk", 'n'),
    ];

    /// <summary>Nouns that stand before others and join them into one word of the second language.</summary>
    public static Noun[] Materials { get; } =
    [
        new("stone", "grav", 'm'), new("wood", "hest", 'f'), new("iron", "fark", 'n'), new("glass", "glasses", "siml", 'n'),
        new("kitchen", "mork", 'f'), new("summer", "vial", 'm'), new("market", "trond", 'f'), new("water", "ulm", 'n'),
    ];

    /// <summary>Verbs with an object.</summary>
    public static Verb[] Verbs { get; } =
    [
        new("see", "sees", "saw", "vid"), new("build", "builds", "built", "stru"), new("paint", "paints", "painted", "kol"), new("buy", "buys", "bought", "merk"),
        new("find", "finds", "found", "trov"), new("clean", "cleans", "cleaned", "pur"), new("love", "loves", "loved", "min"), new("leave", "leaves", "left", "sep"),
        new("open", "opens", "opened", "apr"), new("move", "moves", "moved", "dren"),
    ];

    /// <summary>Verbs that open a clause of their own.</summary>
    public static Verb[] SpeechVerbs { get; } = [new("say", "says", "said", "dik"), new("know", "knows", "knew", "sav"), new("hope", "hopes", "hoped", "esp")];

    /// <summary>Adjectives: English, then the stem.</summary>
    public static (string English, string Stem)[] Adjectives { get; } =
        [("old", "arv"), ("new", "nif"), ("red", "rosk"), ("small", "min"), ("tall", "alt"), ("happy", "gal"), ("empty", "vak"), ("heavy", "bron"), ("quiet", "sil"), ("strange", "ork")];

    /// <summary>Words for the time: English, then the other language.</summary>
    public static (string English, string Other)[] Times { get; } =
        [("today", "hoj"), ("often", "ofto"), ("now", "nun"), ("sometimes", "kelkam"), ("always", "cem")];

    /// <summary>Words for a place: English before the noun, the other language after it.</summary>
    public static (string English, string Other)[] Places { get; } = [("near", "apu"), ("behind", "trans"), ("in", "en"), ("under", "sub")];
}
