using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using SdCompiler.Samples.Shared;
using SdCompiler.Samples.Shared.Training;
using SdCompiler.Samples.Tagger.Data;
using SdCompiler.Samples.Tagger.Models;
using SdCompiler.Samples.Tagger.Training;
using SdCompiler.Samples.Tagger.Vocabulary;

namespace SdCompiler.Samples.Tagger.Commands;

/// <summary>Trains a tagger, or goes on with a stopped run.</summary>
internal sealed class TrainCommand(CommandContext context)
{
    private const int Epochs = 50;

    /// <summary>The sample's own sentences are few and alike.</summary>
    private const int OwnEpochs = 5;

    public int Run(TrainRequest request)
    {
        Check(request);
        SavedTagger? saved = request.Resume ? SavedTagger.Open(request.Checkpoint!, CheckpointChoice.Latest) : null;
        TaggerCorpus corpus = TaggerCorpus.Load(request.Data);
        CheckEntities(corpus);
        PretrainedVectors? vectors = request.Vectors is null ? null : PretrainedVectors.Load(request.Vectors, Words(corpus), EntityTagger.WordWidth);
        TaggerVocabulary vocabulary = saved?.Vocabulary ?? MakeVocabulary(corpus, vectors);
        RunSettings settings = saved is null ? Fresh(request, corpus) : Resumed(request, saved, corpus);
        vocabulary.CheckTags(corpus.Valid, corpus.ValidFile);
        vocabulary.CheckTags(corpus.Test, corpus.TestFile);
        CheckpointFolder.Make(request.Checkpoint);
        TaggerModel model = TaggerModel.Create(vocabulary, settings.Kind, settings.Seed);
        VectorCoverage? coverage = vectors?.Fill(model.Words, [.. vocabulary.Words.Words.Select(word => word.Key)], TokenTable.UnknownId + 1);
        TaggerRun run = new(context, request, settings, corpus, vocabulary, model, saved?.Checkpoint);
        Introduce(corpus, vocabulary, vectors, coverage, saved is not null && saved.Settings.Epochs != settings.Epochs ? $"{settings.Epochs} epochs now, {saved.Settings.Epochs} before" : null);
        return model.Train(run);
    }

    /// <summary>Refuses what cannot be meant before a text is read or a folder made.</summary>
    private static void Check(TrainRequest request)
    {
        CheckpointFolder.Check(request.Checkpoint, request.Resume);
        if (request.Resume && request.Vectors is not null)
        {
            throw new UsageException("--vectors is for the beginning of a run: the checkpoint to resume has the words' vectors already; leave the option out.");
        }

        if (!request.Resume && request.Vectors is null && request.FineTune == RunSettings.FineTuneNames[1])
        {
            throw new UsageException("--fine-tune off needs --vectors: random vectors that are never trained say nothing of a word.");
        }
    }

    /// <summary>A model of one tag alone would have nothing to learn.</summary>
    private static void CheckEntities(TaggerCorpus corpus)
    {
        if (corpus.Train.All(sentence => sentence.Tags.All(tag => tag.IsOutside)))
        {
            throw new DataFileException(corpus.TrainFile, "has no entity, every tag is O; give a training text with tags such as B-PER in the last column");
        }
    }

    /// <summary>The words of all parts: those of validation and test are known, too, where the vectors have them, because an unseen word with a vector is no unknown word.</summary>
    private static IEnumerable<string> Words(TaggerCorpus corpus) =>
        corpus.Train.Concat(corpus.Valid).Concat(corpus.Test).SelectMany(sentence => sentence.Words).SelectMany(word => new[] { word, WordVocabulary.DigitsToZero(word) });

    private static TaggerVocabulary MakeVocabulary(TaggerCorpus corpus, PretrainedVectors? vectors)
    {
        TaggerVocabulary vocabulary = TaggerVocabulary.Of(corpus.Train);
        IEnumerable<string> unseen = corpus.Valid.Concat(corpus.Test).SelectMany(sentence => sentence.Words);
        return vectors is null ? vocabulary : vocabulary with { Words = vocabulary.Words.With(unseen, form => vectors.TryFind(form, out _)) };
    }

    private static RunSettings Fresh(TrainRequest request, TaggerCorpus corpus) => new(
        DropoutNames.Variant<Dropout>(request.Pattern ?? DropoutNames.Structured, request.Sites ?? DropoutNames.InputOnly),
        request.Seed ?? 1,
        request.Epochs ?? (request.Data is null ? OwnEpochs : Epochs),
        (request.Batches ?? RunSettings.BatchNames[0]) == RunSettings.BatchNames[0],
        new TaggerKind((request.FineTune ?? RunSettings.FineTuneNames[0]) == RunSettings.FineTuneNames[0], request.Spelling == RunSettings.SpellingNames[1]),
        corpus.TrainHash);

    /// <summary>The settings of the run that is resumed; what the user says again must say the same, but for the number of epochs.</summary>
    private static RunSettings Resumed(TrainRequest request, SavedTagger saved, TaggerCorpus corpus)
    {
        RunSettings settings = saved.Settings;
        SavedOption.Same("--pattern", request.Pattern, DropoutNames.Pattern(settings.Variant));
        SavedOption.Same("--sites", settings.Variant == Dropout.Dense ? null : request.Sites, DropoutNames.SitesOf(settings.Variant));
        SavedOption.Same("--spelling", request.Spelling, settings.Spelling);
        SavedOption.Same("--fine-tune", request.FineTune, settings.FineTune);
        SavedOption.Same("--batches", request.Batches, settings.Batches);
        SavedOption.Same("--seed", request.Seed, settings.Seed);
        return corpus.TrainHash == settings.DataHash
            ? settings with { Epochs = request.Epochs ?? settings.Epochs }
            : throw new UserErrorException($"{corpus.Name} is another training text than the checkpoint {request.Checkpoint} was trained on; give --data with the text that the run began with.");
    }

    private void Introduce(TaggerCorpus corpus, TaggerVocabulary vocabulary, PretrainedVectors? vectors, VectorCoverage? coverage, string? epochs)
    {
        context.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{corpus.Name}: {corpus.Train.Count:#,0} training sentences, {corpus.Valid.Count:#,0} for validation, {corpus.Test.Count:#,0} for the test; {vocabulary.Words.Count:#,0} words, {vocabulary.Characters.Count:#,0} characters, {vocabulary.Tags.Count} tags"));
        if (vectors is not null && coverage is VectorCoverage found)
        {
            context.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{vectors.Path}: {vectors.FileCount:#,0} vectors of {vectors.Width} numbers; {100 * found.Share:0.0} % of {found.Words:#,0} words have one ({found.Exact:#,0} as they are written, {found.LowerCase:#,0} in lower case)"));
        }

        if (epochs is not null)
        {
            context.Output.WriteLine(epochs);
        }

        context.Output.Flush();
    }
}
