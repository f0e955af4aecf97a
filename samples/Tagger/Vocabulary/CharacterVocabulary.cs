using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using SdCompiler.Samples.Tagger.Columns;

namespace SdCompiler.Samples.Tagger.Vocabulary;

/// <summary>The characters (Unicode scalar values) that a tagger knows, by number; case and digits stay as they are.</summary>
internal sealed class CharacterVocabulary
{
    private const string Kind = "#characters";

    private readonly TokenTable _table;
    private readonly Dictionary<Rune, int> _index = [];

    private CharacterVocabulary(TokenTable table)
    {
        _table = table;
        for (int i = 0; i < table.Entries.Count; i++)
        {
            _index.Add(table.Entries[i].Key.EnumerateRunes().Single(), i + TokenTable.UnknownId + 1);
        }
    }

    /// <summary>All numbers; 0 is <see cref="TokenTable.PaddingId"/> and 1 <see cref="TokenTable.UnknownId"/>.</summary>
    public int Count => _table.Count;

    /// <summary>The characters with numbers of their own, from number 2 on, with their counts.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Characters => _table.Entries;

    /// <summary>The characters of a text's words: most frequent first, equally frequent ones in ordinal order.</summary>
    /// <param name="sentences">The training text.</param>
    /// <param name="minCount">The fewest occurrences that give a character a number of its own.</param>
    public static CharacterVocabulary Of(IEnumerable<TaggedSentence> sentences, int minCount = 1)
    {
        Dictionary<string, long> counts = new(StringComparer.Ordinal);
        foreach (Rune character in sentences.SelectMany(sentence => sentence.Words).SelectMany(word => word.EnumerateRunes()))
        {
            string key = character.ToString();
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        return new CharacterVocabulary(TokenTable.Of(counts, minCount));
    }

    /// <summary>Reads a vocabulary that <see cref="Save"/> has written.</summary>
    /// <exception cref="DataFileException">The file cannot be read or is no character vocabulary.</exception>
    public static CharacterVocabulary Load(string path)
    {
        TokenTable table = TableFile.Load(path, Kind).Table;
        for (int i = 0; i < table.Entries.Count; i++)
        {
            if (table.Entries[i].Key.EnumerateRunes().Count() != 1)
            {
                throw new DataFileException(path, i + 2, $"has '{table.Entries[i].Key}' where one character is expected; give an undamaged vocabulary");
            }
        }

        return new CharacterVocabulary(table);
    }

    /// <summary>Writes the vocabulary as text.</summary>
    public void Save(string path) => TableFile.Save(path, Kind, _table);

    /// <summary>The vocabulary as text, as <see cref="Save"/> writes it.</summary>
    public string ToText() => TableFile.ToText(Kind, _table);

    /// <summary>The numbers of a word's characters.</summary>
    public int[] Find(string word) => word.EnumerateRunes().Select(character => _index.GetValueOrDefault(character, TokenTable.UnknownId)).ToArray();
}
