using System;
using System.Collections.Generic;
using System.Linq;
using SdCompiler.Samples.Translator.Bpe;
using SdCompiler.Samples.Translator.Text;
using SdCompiler.Samples.Translator.Vocabulary;

namespace SdCompiler.Samples.Translator.Data;

/// <summary>How the words of both languages become numbers and numbers words again. It travels in checkpoints, so that a translation needs nothing else.</summary>
/// <param name="codes">How words are split, or null where they are not.</param>
/// <param name="source">The tokens of the language to translate from.</param>
/// <param name="target">The tokens of the language to translate into.</param>
internal sealed class TextCoding(BpeCodes? codes, TokenVocabulary source, TokenVocabulary target)
{
    private const string SourceFile = "source-vocabulary.txt";
    private const string TargetFile = "target-vocabulary.txt";
    private const string CodesFile = "bpe.codes";

    public BpeCodes? Codes { get; } = codes;

    public TextSide Source { get; } = new(codes, source);

    public TextSide Target { get; } = new(codes, target);

    /// <summary>The coding of a checkpoint.</summary>
    /// <exception cref="CheckpointException">A file of it is damaged.</exception>
    /// <exception cref="DataFileException">A list of it is missing or none.</exception>
    public static TextCoding ReadFrom(CheckpointReader checkpoint) => Of(name => checkpoint.HasText(name) ? checkpoint.ReadText(name) : null, checkpoint.VersionFolder);

    /// <summary>The coding of texts.</summary>
    /// <param name="read">Gives a text by its name, or null where there is none.</param>
    /// <param name="folder">What messages call the place where they are.</param>
    /// <exception cref="DataFileException">A text is missing, or is no list of what it should list.</exception>
    public static TextCoding Of(Func<string, string?> read, string folder)
    {
        string? codes = read(CodesFile);
        return new TextCoding(
            codes is null ? null : BpeCodes.Parse(Name(CodesFile), codes.Split('\n').SkipLast(1)),
            Vocabulary(SourceFile),
            Vocabulary(TargetFile));

        TokenVocabulary Vocabulary(string file) =>
            TokenVocabulary.Parse(Name(file), read(file) ?? throw new DataFileException(folder, $"has no {file}; give a checkpoint that this program wrote"));

        string Name(string file) => System.IO.Path.Combine(folder, file);
    }

    /// <summary>Puts the coding into a checkpoint's texts.</summary>
    public void WriteTo(IDictionary<string, string> texts)
    {
        texts[SourceFile] = Source.Vocabulary.ToText();
        texts[TargetFile] = Target.Vocabulary.ToText();
        if (Codes is not null)
        {
            texts[CodesFile] = string.Concat(Codes.Lines().Select(line => line + "\n"));
        }
    }

    /// <summary>The numbers of a pair.</summary>
    public EncodedPair Encode(SentencePair pair) => new(EncodeSource(pair.Source), [.. Target.Numbers(Target.Tokens(pair.Target)), SpecialTokens.EndId], pair);

    /// <summary>The numbers of a sentence to translate. They end with <see cref="SpecialTokens.EndId"/>, so that an encoder always has something to read and knows where it ends.</summary>
    public int[] EncodeSource(string[] words) => [.. Source.Numbers(Source.Tokens(words)), SpecialTokens.EndId];

    /// <summary>Whether two codings give the same numbers to every text.</summary>
    public bool IsSame(TextCoding other) => ToTexts().SequenceEqual(other.ToTexts());

    private SortedDictionary<string, string> ToTexts()
    {
        SortedDictionary<string, string> texts = new(StringComparer.Ordinal);
        WriteTo(texts);
        return texts;
    }
}
