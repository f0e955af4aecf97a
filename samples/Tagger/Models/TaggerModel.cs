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
    /// <param name="kind">Which class.</param>
    /// <param name="seed">Of the first weights and masks.</param>
    public static TaggerModel Create(TaggerVocabulary vocabulary, TaggerKind kind, int seed)
    {
        (int words, int characters, int tags) = (vocabulary.Words.Count, vocabulary.Characters.Count, vocabulary.Tags.Count);
        return kind switch
        {
            { ReadsLetters: false, FineTuned: true } => Of(new EntityTagger(words, characters, tags, seed), vocabulary),
            { ReadsLetters: false } => Of(new FrozenTagger(words, characters, tags, seed), vocabulary),
            { FineTuned: true } => Of(new LetterTagger(words, characters, tags, seed), vocabulary),
            _ => Of(new FrozenLetterTagger(words, characters, tags, seed), vocabulary),
        };
    }

    /// <summary>A model with the weights of a file.</summary>
    /// <exception cref="CheckpointException">The file cannot be read or is of another model.</exception>
    public static TaggerModel Load(string path, TaggerVocabulary vocabulary, TaggerKind kind) => kind switch
    {
        { ReadsLetters: false, FineTuned: true } => Of(EntityTagger.Load(path), vocabulary),
        { ReadsLetters: false } => Of(FrozenTagger.Load(path), vocabulary),
        { FineTuned: true } => Of(LetterTagger.Load(path), vocabulary),
        _ => Of(FrozenLetterTagger.Load(path), vocabulary),
    };

    /// <summary>What the compiler decided, for a vocabulary.</summary>
    public static PlanFigures Figures(TaggerVocabulary vocabulary, TaggerKind kind, Dropout variant)
    {
        ModelPlan plan = kind switch
        {
            { ReadsLetters: false, FineTuned: true } => EntityTagger.Plan,
            { ReadsLetters: false } => FrozenTagger.Plan,
            { FineTuned: true } => LetterTagger.Plan,
            _ => FrozenLetterTagger.Plan,
        };
        return plan.Evaluate(variant.ToString(), vocabulary.Words.Count, vocabulary.Characters.Count, vocabulary.Tags.Count);
    }

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
