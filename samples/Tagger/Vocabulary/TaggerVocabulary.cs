using System.Collections.Generic;
using System.IO;
using System.Linq;
using SdCompiler.Samples.Tagger.Columns;
using SdCompiler.Samples.Tagger.Tags;

namespace SdCompiler.Samples.Tagger.Vocabulary;

/// <summary>Everything that a tagger numbers.</summary>
/// <param name="Words">The words, lower-cased and with their digits as 0.</param>
/// <param name="Characters">The characters of words as they are written.</param>
/// <param name="Tags">The tags, in BIOES.</param>
internal sealed record TaggerVocabulary(WordVocabulary Words, CharacterVocabulary Characters, TagSet Tags)
{
    private const string WordsFile = "words.txt";
    private const string CharactersFile = "characters.txt";
    private const string TagsFile = "tags.txt";

    private static readonly VocabularyOptions WordOptions = new(LowerCase: true, DigitsToZero: true);

    /// <summary>The vocabulary of a training text.</summary>
    /// <param name="train">Its sentences.</param>
    public static TaggerVocabulary Of(IReadOnlyList<TaggedSentence> train) =>
        new(WordVocabulary.Of(train, WordOptions), CharacterVocabulary.Of(train), TagSet.Of(TagScheme.Bioes, train));

    /// <summary>Reads the files of a checkpoint.</summary>
    /// <param name="folder">Its version's folder.</param>
    /// <exception cref="DataFileException">A file is missing or damaged.</exception>
    public static TaggerVocabulary Load(string folder) => new(
        WordVocabulary.Load(Path.Combine(folder, WordsFile)),
        CharacterVocabulary.Load(Path.Combine(folder, CharactersFile)),
        TagSet.Load(Path.Combine(folder, TagsFile)));

    /// <summary>Gives the files to the texts of a checkpoint.</summary>
    public void WriteTo(IDictionary<string, string> texts)
    {
        texts[WordsFile] = Words.ToText();
        texts[CharactersFile] = Characters.ToText();
        texts[TagsFile] = Tags.ToText();
    }

    /// <summary>Makes sure that every tag of a text has a number.</summary>
    /// <param name="sentences">The text, in BIOES.</param>
    /// <param name="file">Its file.</param>
    /// <exception cref="DataFileException">A type of entity is unknown.</exception>
    public void CheckTags(IEnumerable<TaggedSentence> sentences, string file)
    {
        foreach (TaggedSentence sentence in sentences)
        {
            for (int i = 0; i < sentence.Tags.Count; i++)
            {
                if (Tags.Find(sentence.Tags[i]) < 0)
                {
                    throw new DataFileException(file, sentence.Line + i, $"has an entity of type '{sentence.Tags[i].Type}', and the training text has {TypeNames()} only; correct the type, or train on text that has it");
                }
            }
        }
    }

    private string TypeNames() => Tags.Types.Count == 0 ? "no entities" : string.Join(", ", Tags.Types.Select(type => $"'{type}'"));
}
