using System;
using System.Collections.Generic;
using System.Globalization;
using SdCompiler.Samples.Shared;
using SdCompiler.Samples.Tagger.Columns;
using SdCompiler.Samples.Tagger.Tags;

namespace SdCompiler.Samples.Tagger.Embedded;

/// <summary>Fills small newspaper sentences with names.</summary>
internal sealed class SentenceTemplates(SplitMix64 random, NameMaker names)
{
    /// <summary>Words stand for themselves; {slots} are filled.</summary>
    private static readonly string[][] Templates = Split(
        "{person} was born in {place} .",
        "{person} moved from {place} to {place} in {year} .",
        "{person} , who leads {company} , met {person} on {day} .",
        "{company} will open an office in {place} next year .",
        "Shares of {company} rose {number} percent on {day} .",
        "{company} named {person} as its chairman .",
        "{club} beat {club} {number} - {number} on {day} .",
        "{person} scored twice as {club} beat {club} .",
        "{club} {number} {club} {number}",
        "Rain fell in {place} and {place} on {day} .",
        "Talks between {company} and {company} failed , {person} said .",
        "\" We will not sell , \" said {person} of {company} .",
        "The road from {place} to {place} is closed until {day} .",
        "Flight {number} {place} {place} leaves at {number} .",
        "The mayor of {place} , {person} , thanked {company} .",
        "Police in {place} arrested {number} people on {day} .",
        "May was the wettest month in {place} since {year} .",
        "Will the {goods} price fall , asked {person} .",
        "Rose growers near {place} sold {number} plants .",
        "Bill {number} will grant workers of {company} a free {day} .",
        "Mark the {day} , {person} wrote from {place} .",
        "{person} ( {club} ) won in {number} minutes .",
        "{person} and {person} visited {place} .",
        "{company} buys {goods} from farmers in {place} .",
        "{place} , {day}",
        "The {goods} was shipped to {place} by {company} .",
        "A spokesman for {company} in {place} gave no details .",
        "{person} 's sister lives near {place} .",
        "Nobody expected the {goods} harvest to fail .",
        "Markets were quiet on {day} .");

    private static readonly string[] Days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    private static readonly string[] Goods = ["wheat", "sugar", "coffee", "cotton", "copper", "rice", "wool"];

    /// <summary>A sentence with BIO2 tags.</summary>
    public TaggedSentence Draw()
    {
        List<string> words = [];
        List<Tag> tags = [];
        foreach (string part in random.Pick(Templates))
        {
            (string[] filling, string type) = Fill(part);
            for (int i = 0; i < filling.Length; i++)
            {
                words.Add(filling[i]);
                tags.Add(type.Length == 0 ? Tag.Outside : new Tag(i == 0 ? 'B' : 'I', type));
            }
        }

        return new TaggedSentence(words, tags);
    }

    /// <summary>What a part of a template becomes, and the type of the entity that it is, if it is one.</summary>
    private (string[] Words, string Type) Fill(string part) => part switch
    {
        "{person}" => (names.Person(), "PER"),
        "{place}" => (names.Place(), "LOC"),
        "{company}" => (names.Organisation(), "ORG"),
        "{club}" => (names.Club(), "ORG"),
        "{day}" => ([random.Pick(Days)], ""),
        "{goods}" => ([random.Pick(Goods)], ""),
        "{year}" => ([Number(1900, 2000)], ""),
        "{number}" => ([Number(0, 100)], ""),
        _ => ([part], ""),
    };

    private string Number(int low, int high) => (low + random.Below(high - low)).ToString(CultureInfo.InvariantCulture);

    private static string[][] Split(params string[] templates) => Array.ConvertAll(templates, template => template.Split(' '));
}
