using System.Collections.Generic;
using System.Linq;
using SdCompiler.Samples.Translator.Bpe;
using SdCompiler.Samples.Translator.Vocabulary;

namespace SdCompiler.Samples.Translator.Data;

/// <summary>How the words of one language become numbers.</summary>
internal sealed class TextSide
{
    private readonly BpeEncoder? _encoder;

    /// <summary>A language.</summary>
    /// <param name="codes">How words are split, or null where they are not.</param>
    /// <param name="vocabulary">The tokens. Merges that make others are undone, so that a rare piece is written with known ones.</param>
    public TextSide(BpeCodes? codes, TokenVocabulary vocabulary)
    {
        Vocabulary = vocabulary;
        _encoder = codes is null ? null : new BpeEncoder(codes, vocabulary.Entries.Select(entry => entry.Token).ToHashSet());
    }

    public TokenVocabulary Vocabulary { get; }

    /// <summary>The tokens of words.</summary>
    public string[] Tokens(string[] words) => _encoder is null ? words : _encoder.Encode(words);

    /// <summary>The numbers of tokens. A text that spells a special token itself means none: it is an unknown word like others.</summary>
    public int[] Numbers(IReadOnlyList<string> tokens) =>
        [.. tokens.Select(Vocabulary.Find).Select(id => id is SpecialTokens.PaddingId or SpecialTokens.BeginId or SpecialTokens.EndId ? SpecialTokens.UnknownId : id)];

    /// <summary>The words of tokens.</summary>
    public string[] Words(IEnumerable<string> tokens) => _encoder is null ? [.. tokens] : BpeEncoder.Decode(tokens);
}
