using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using SdCompiler.Samples.Tagger.Columns;
using SdCompiler.Samples.Tagger.Tags;

namespace SdCompiler.Samples.Tagger.Vocabulary;

/// <summary>The tags of a scheme for some types of entities, by number.</summary>
/// <remarks>O is 0; each type, in ordinal order, has all prefixes of the scheme, also those that no text shows: a path through them always exists.</remarks>
internal sealed class TagSet
{
    private const string Kind = "#tags ";

    private readonly Dictionary<Tag, int> _index = [];

    /// <summary>The tags of some types.</summary>
    /// <param name="scheme">The scheme.</param>
    /// <param name="types">The types, in any order, each once or more often.</param>
    public TagSet(TagScheme scheme, IEnumerable<string> types)
    {
        Scheme = scheme;
        Types = [.. types.Distinct().Order(StringComparer.Ordinal)];
        Tags = [Tag.Outside, .. Types.SelectMany(type => scheme.Prefixes().Select(prefix => new Tag(prefix, type)))];
        for (int i = 0; i < Tags.Count; i++)
        {
            _index.Add(Tags[i], i);
        }

        Transitions = new TagTransitions(scheme, Tags);
    }

    /// <summary>The scheme.</summary>
    public TagScheme Scheme { get; }

    /// <summary>The types of entities in ordinal order.</summary>
    public IReadOnlyList<string> Types { get; }

    /// <summary>The tags in the order of their numbers.</summary>
    public IReadOnlyList<Tag> Tags { get; }

    /// <summary>Which tags may follow each other.</summary>
    public TagTransitions Transitions { get; }

    /// <summary>The number of tags.</summary>
    public int Count => Tags.Count;

    /// <summary>The tags for the types of a text.</summary>
    /// <param name="scheme">The scheme of the set, which need not be that of the text.</param>
    /// <param name="sentences">The training text.</param>
    public static TagSet Of(TagScheme scheme, IEnumerable<TaggedSentence> sentences) =>
        new(scheme, sentences.SelectMany(sentence => sentence.Tags).Where(tag => !tag.IsOutside).Select(tag => tag.Type));

    /// <summary>Reads a set that <see cref="Save"/> has written.</summary>
    /// <exception cref="DataFileException">The file cannot be read or is no tag set.</exception>
    public static TagSet Load(string path)
    {
        string[] lines = [.. TextFile.ReadLines(path)];
        TagScheme[] schemes = [.. Enum.GetValues<TagScheme>().Where(scheme => lines.Length > 0 && lines[0] == Kind + scheme.Name())];
        if (schemes.Length == 0)
        {
            throw new DataFileException(path, lines.Length == 0 ? 0 : 1, $"does not begin with '{Kind}' and IOB1, BIO2 or BIOES; give a tag set that this program has written");
        }

        List<Tag> tags = [.. lines.Skip(1).Select((line, i) => TaggedText.ParseTag(path, i + 2, line))];
        TagSet set = new(schemes[0], tags.Where(tag => !tag.IsOutside).Select(tag => tag.Type));
        return set.Tags.SequenceEqual(tags)
            ? set
            : throw new DataFileException(path, $"does not list O and then all tags of {schemes[0].Name()} for each type; give an undamaged tag set");
    }

    /// <summary>Writes the set as text: the scheme, then one tag per line.</summary>
    public void Save(string path) => File.WriteAllText(path, ToText());

    /// <summary>The set as text, as <see cref="Save"/> writes it.</summary>
    public string ToText() => Kind + Scheme.Name() + "\n" + string.Concat(Tags.Select(tag => tag + "\n"));

    /// <summary>The number of a tag; -1 for a type or prefix that the set lacks.</summary>
    public int Find(Tag tag) => _index.GetValueOrDefault(tag, -1);
}
