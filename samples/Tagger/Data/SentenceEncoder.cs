using System;
using System.Collections.Generic;
using System.Linq;
using SdCompiler.Samples.Tagger.Columns;
using SdCompiler.Samples.Tagger.Vocabulary;

namespace SdCompiler.Samples.Tagger.Data;

/// <summary>Turns words and tags into the numbers of a vocabulary.</summary>
internal sealed class SentenceEncoder(TaggerVocabulary vocabulary)
{
    /// <summary>Characters of a word that are read: of a longer one the first half and the last half of them.</summary>
    public const int WordCharacters = 20;

    /// <summary>A sentence to learn from.</summary>
    /// <param name="sentence">In BIOES, with types that the vocabulary has.</param>
    public EncodedSentence Encode(TaggedSentence sentence) => Encode(sentence.Words) with { Tags = [.. sentence.Tags.Select(vocabulary.Tags.Find)] };

    /// <summary>A sentence to tag.</summary>
    /// <param name="words">Its words, at least one.</param>
    public EncodedSentence Encode(IReadOnlyList<string> words)
    {
        int[] numbers = new int[words.Count];
        int[] characters = new int[words.Count * WordCharacters];
        Array.Fill(characters, -1);
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = vocabulary.Words.Find(words[i]);
            int[] spelling = vocabulary.Characters.Find(words[i]);
            Span<int> to = characters.AsSpan(i * WordCharacters, WordCharacters);
            if (spelling.Length <= WordCharacters)
            {
                spelling.CopyTo(to);
            }
            else
            {
                spelling.AsSpan(0, WordCharacters / 2).CopyTo(to);
                spelling.AsSpan(spelling.Length - (WordCharacters / 2)).CopyTo(to[(WordCharacters / 2)..]);
            }
        }

        return new EncodedSentence(numbers, characters, []);
    }
}
