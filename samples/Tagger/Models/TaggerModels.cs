using SdCompiler.Samples.Tagger.Vocabulary;

namespace SdCompiler.Samples.Tagger.Models;

/// <summary>Makes taggers for vocabularies.</summary>
internal static class TaggerModels
{
    /// <summary>A model with first weights.</summary>
    public static EntityTagger Create(TaggerVocabulary vocabulary, int seed) => new(vocabulary.Words.Count, vocabulary.Tags.Count, seed);
}
