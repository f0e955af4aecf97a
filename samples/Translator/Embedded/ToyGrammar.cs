using System;
using System.Collections.Generic;
using SdCompiler.Samples.Shared;
using SdCompiler.Samples.Translator.Text;

namespace SdCompiler.Samples.Translator.Embedded;

/// <summary>Draws English sentences and translates them by rule into a made-up language.</summary>
/// <remarks>
/// That language puts the verb last and the time before it (the farmer sees a bridge today: lo talm tarsk hoj vidat), adjectives after
/// nouns, place words after the noun, and conjunctions after their clause. Articles and adjectives agree with the noun in gender and number, verbs
/// with their subject in number; nouns before nouns join them (stone bridge: gravatarsk). It has no word for <c>a</c>, and none for <c>do</c>.
/// </remarks>
/// <param name="random">Draws.</param>
/// <param name="withheldToo">Whether to join the nouns too that training sentences never join, though they have both: only their parts help then.</param>
internal sealed class ToyGrammar(SplitMix64 random, bool withheldToo)
{
    /// <summary>A sentence and its translation.</summary>
    public SentencePair Draw()
    {
        (List<string> english, List<string> other) = random.Below(8) switch
        {
            0 => Reported(),
            1 => Reasoned(),
            _ => Clause(withTime: random.Chance(0.4)),
        };
        return new SentencePair([.. english, "."], [.. other, "."]);
    }

    /// <summary>the king says that CLAUSE: lo drank CLAUSE ke dikat.</summary>
    private (List<string> English, List<string> Other) Reported()
    {
        bool isPlural = random.Chance(0.4);
        (List<string> subject, List<string> otherSubject) = Phrase(random.Pick(ToyLexicon.Persons), isPlural);
        (List<string> verb, List<string> otherVerb) = Predicate(random.Pick(ToyLexicon.SpeechVerbs), isPlural, isPast: random.Chance(0.4), isNegative: false);
        (List<string> clause, List<string> otherClause) = Clause(withTime: false);
        return ([.. subject, .. verb, "that", .. clause], [.. otherSubject, .. otherClause, "ke", .. otherVerb]);
    }

    /// <summary>CLAUSE because REASON: REASON kar CLAUSE.</summary>
    private (List<string> English, List<string> Other) Reasoned()
    {
        (List<string> clause, List<string> otherClause) = Clause(withTime: false);
        (List<string> reason, List<string> otherReason) = Clause(withTime: false);
        return ([.. clause, "because", .. reason], [.. otherReason, "kar", .. otherClause]);
    }

    private (List<string> English, List<string> Other) Clause(bool withTime)
    {
        bool isPlural = random.Chance(0.4);
        (List<string> subject, List<string> otherSubject) = Phrase(random.Pick(ToyLexicon.Persons), isPlural);
        (List<string> verb, List<string> otherVerb) = Predicate(random.Pick(ToyLexicon.Verbs), isPlural, random.Chance(0.4), random.Chance(0.2));
        (List<string> thing, List<string> otherThing) = Phrase(random.Pick(ToyLexicon.Things), random.Chance(0.4));
        List<string> english = [.. subject, .. verb, .. thing];
        List<string> other = [.. otherSubject, .. otherThing];
        if (random.Chance(0.3))
        {
            (string preposition, string postposition) = random.Pick(ToyLexicon.Places);
            (List<string> place, List<string> otherPlace) = Phrase(random.Pick(ToyLexicon.Things), isPlural: false);
            english.AddRange([preposition, .. place]);
            other.AddRange([.. otherPlace, postposition]);
        }

        if (withTime)
        {
            (string time, string otherTime) = random.Pick(ToyLexicon.Times);
            english = random.Chance(0.5) ? [time, .. english] : [.. english, time];
            other.Add(otherTime);
        }

        return (english, [.. other, .. otherVerb]);
    }

    /// <summary>An article or number, an adjective, a noun before the noun, and the noun, as chance has it.</summary>
    private (List<string> English, List<string> Other) Phrase(Noun noun, bool isPlural)
    {
        Noun? material = Material(noun);
        (string English, string Stem)? adjective = random.Chance(0.4) ? random.Pick(ToyLexicon.Adjectives) : null;
        string ending = (noun.Gender switch { 'm' => "o", 'f' => "a", _ => "e" }) + (isPlural ? "s" : "");
        bool isDefinite = random.Chance(0.6);

        List<string> english = [isDefinite ? "the" : isPlural ? "two" : "a"];
        List<string> other = isDefinite ? ["l" + ending] : isPlural ? ["du"] : [];
        if (adjective is not null)
        {
            english.Add(adjective.Value.English);
        }

        if (material is not null)
        {
            english.Add(material.Singular);
        }

        english.Add(noun.English(isPlural));
        if (english is ["a", ['a' or 'e' or 'i' or 'o' or 'u', ..], ..])
        {
            english[0] = "an";
        }

        other.Add((material is null ? "" : material.Stem + "a") + noun.Stem + (isPlural ? "i" : ""));
        if (adjective is not null)
        {
            other.Add(adjective.Value.Stem + ending);
        }

        return (english, other);
    }

    /// <summary>The noun before a noun, if it gets one.</summary>
    private Noun? Material(Noun noun)
    {
        int thing = Array.IndexOf(ToyLexicon.Things, noun);
        if (thing < 0 || !random.Chance(0.4))
        {
            return null;
        }

        int material = random.Below(ToyLexicon.Materials.Length);
        bool isWithheld = (thing + material) % 4 == 0;
        return isWithheld && !withheldToo ? null : ToyLexicon.Materials[material];
    }

    private static (List<string> English, List<string> Other) Predicate(Verb verb, bool isPlural, bool isPast, bool isNegative)
    {
        string form = verb.Stem + (isPast ? "iv" : "") + (isPlural ? "ant" : "at");
        return isNegative
            ? ([isPast ? "did" : isPlural ? "do" : "does", "not", verb.Base], ["ne", form])
            : ([isPast ? verb.Past : isPlural ? verb.Base : verb.Third], [form]);
    }
}
