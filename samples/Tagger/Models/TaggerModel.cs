using System;
using SdCompiler.Runtime;
using SdCompiler.Samples.Tagger.Data;
using SdCompiler.Samples.Tagger.Training;
using SdCompiler.Samples.Tagger.Vocabulary;

namespace SdCompiler.Samples.Tagger.Models;

/// <summary>A tagger of any class of this sample, by what the commands do with it.</summary>
internal abstract class TaggerModel
{
    /// <summary>The weights.</summary>
    public abstract ModelParameters Parameters { get; }

    /// <summary>One vector per word.</summary>
    public abstract EmbeddingLayer Words { get; }

    /// <summary>A model with first weights.</summary>
    /// <param name="vocabulary">Its words and tags.</param>
    /// <param name="fineTuned">Whether training changes the words' vectors.</param>
    /// <param name="seed">Of the first weights and masks.</param>
    public static TaggerModel Create(TaggerVocabulary vocabulary, bool fineTuned, int seed)
    {
        (int words, int characters, int tags) = (vocabulary.Words.Count, vocabulary.Characters.Count, vocabulary.Tags.Count);
        return fineTuned ? Of(new EntityTagger(words, characters, tags, seed), vocabulary) : Of(new FrozenTagger(words, characters, tags, seed), vocabulary);
    }

    /// <summary>A model with the weights of a file.</summary>
    /// <exception cref="CheckpointException">The file cannot be read or is of another model.</exception>
    public static TaggerModel Load(string path, TaggerVocabulary vocabulary, bool fineTuned) =>
        fineTuned ? Of(EntityTagger.Load(path), vocabulary) : Of(FrozenTagger.Load(path), vocabulary);

    /// <summary>What the compiler decided, for a vocabulary.</summary>
    public static PlanFigures Figures(TaggerVocabulary vocabulary, bool fineTuned, Dropout variant) =>
        (fineTuned ? EntityTagger.Plan : FrozenTagger.Plan).Evaluate(variant.ToString(), vocabulary.Words.Count, vocabulary.Characters.Count, vocabulary.Tags.Count);

    /// <summary>Trains the model.</summary>
    /// <param name="run">The run; it is given a trainer and its batches.</param>
    /// <returns>The program's exit code.</returns>
    public abstract int Train(TaggerRun run);

    /// <summary>What finds the best tags of windows with the weights as they are whenever it is called.</summary>
    /// <param name="rows">Rows that are computed together.</param>
    /// <param name="threads">Threads of a call; 0 for all processors.</param>
    public abstract Action<SentenceWindow, Memory<int>> CreateTagger(int rows, int threads);

    private static TaggerModel<TBatch> Of<TBatch>(ITaggerFace<TBatch> face, TaggerVocabulary vocabulary)
        where TBatch : LstmBatch => new(face, vocabulary);
}
