using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using SdCompiler.Samples.Shared;
using SdCompiler.Samples.Shared.Training;
using SdCompiler.Samples.Tagger.Columns;
using SdCompiler.Samples.Tagger.Commands;
using SdCompiler.Samples.Tagger.Data;
using SdCompiler.Samples.Tagger.Models;
using SdCompiler.Samples.Tagger.Prediction;
using SdCompiler.Samples.Tagger.Scoring;
using SdCompiler.Samples.Tagger.Vocabulary;

namespace SdCompiler.Samples.Tagger.Training;

/// <summary>One run of <c>train</c>, with the settings of Ma and Hovy 2016 (arXiv:1603.01354), and what is measured while it goes on.</summary>
internal sealed class TaggerRun
{
    private const double Rate = 0.015;
    private const double Decay = 0.05;

    private static readonly Measure Loss = new("loss", "loss", "0.0000", Logarithmic: true);
    private static readonly Measure F1 = new("F1", "f1", "0.00", Logarithmic: false);

    private readonly CommandContext _context;
    private readonly TrainRequest _request;
    private readonly TaggerCorpus _corpus;
    private readonly TaggerVocabulary _vocabulary;
    private readonly CheckpointReader? _saved;
    private readonly SentenceTagger _tagger;
    private readonly ScoredText _valid;
    private readonly BestWeights _best;
    private double _validF1;
    private TaggingScores? _testScores;

    /// <summary>Prepares a run, or the rest of one.</summary>
    /// <param name="context">Where it writes, and what stops it.</param>
    /// <param name="request">What the user asked for.</param>
    /// <param name="settings">The run's settings.</param>
    /// <param name="corpus">The text.</param>
    /// <param name="vocabulary">The model's words.</param>
    /// <param name="model">The model.</param>
    /// <param name="saved">The checkpoint to go on from, or null.</param>
    public TaggerRun(CommandContext context, TrainRequest request, RunSettings settings, TaggerCorpus corpus, TaggerVocabulary vocabulary, TaggerModel model, CheckpointReader? saved)
    {
        _context = context;
        _request = request;
        Settings = settings;
        _corpus = corpus;
        _vocabulary = vocabulary;
        _saved = saved;
        _tagger = new SentenceTagger(model, vocabulary, request.Threads ?? 0);
        _valid = new ScoredText(corpus.Valid, vocabulary);
        _best = new BestWeights(model) { F1 = saved?.Position is TrainingPosition position ? -position.Best : double.NegativeInfinity };
    }

    /// <summary>What decides the result.</summary>
    public RunSettings Settings { get; }

    /// <summary>How the trainer runs: no sentence goes on from the one before.</summary>
    public TrainerOptions TrainerOptions => new() { Threads = _request.Threads ?? 0, CarryState = false };

    /// <summary>The optimizer of the published settings; the schedule sets its rate.</summary>
    public static Optimizer CreateOptimizer() => new Sgd { LearningRate = Rate, Momentum = 0.9, ClipNorm = 5 };

    /// <summary>Trains, evaluates and reports.</summary>
    /// <typeparam name="TBatch">What the trainer takes.</typeparam>
    /// <param name="trainer">A new trainer of the model.</param>
    /// <param name="convert">Makes its batches of windows.</param>
    /// <returns>The program's exit code.</returns>
    public int Run<TBatch>(LstmTrainer<TBatch> trainer, Func<SentenceWindow, TBatch> convert)
        where TBatch : LstmBatch
    {
        List<TaggedSentence> parts = [.. _corpus.Train.SelectMany(sentence => SentenceParts.Of(sentence, trainer.TimeSteps))];
        SentenceEncoder encoder = new(_vocabulary);
        SentenceBatches batches = new([.. parts.Select(encoder.Encode)], _vocabulary.Words, trainer.BatchSize, Settings);
        RunPlan<TBatch> plan = Plan(trainer, new BatchSource<TBatch>(batches, convert));
        TrainingRun<TBatch> run = new(_context, plan, _saved);
        Introduce(trainer, batches, parts.Count);
        int code = run.Run();
        if (_testScores is not null)
        {
            string which = double.IsFinite(_best.F1) ? string.Create(CultureInfo.InvariantCulture, $"the epoch with the best validation (F1 {_best.F1:0.00})") : "the weights as they are, because no epoch has ended";
            _context.Output.WriteLine($"The test text with {which}:");
            ScoreTable.Write(_testScores, _context.Output);
        }

        return code;
    }

    private RunPlan<TBatch> Plan<TBatch>(LstmTrainer<TBatch> trainer, BatchSource<TBatch> source)
        where TBatch : LstmBatch
    {
        RunPlan<TBatch> plan = new()
        {
            Name = "tagger",
            Title = $"Tagger, {DropoutNames.Text(Settings.Variant)}",
            Trainer = trainer,
            Source = source,
            Epochs = Settings.Epochs,
            MaximumSteps = _request.MaxSteps,
            Schedule = LearningRateSchedule.Inverse(Rate, Decay),
            StepMultiplyAdds = Figures().Kept,
            TrainingMeasure = Loss,
            TrainingValue = static evaluation => evaluation.MeanLoss,
            Measure = F1,
            Validate = Validate,
            Value = _ => _validF1,
            Figure = _ => -_validF1,
            EarlyStopping = _request.Patience is int patience ? new EarlyStopping(patience) : null,
            Test = _corpus.Test.Count == 0 ? null : Test,
            Checkpoint = _request.Checkpoint,
            Metrics = _request.Metrics,
        };
        _vocabulary.WriteTo(plan.Texts);
        Settings.WriteTo(plan.Properties);
        return plan;
    }

    private PlanFigures Figures() => TaggerModel.Figures(_vocabulary, Settings.Kind, Settings.Variant);

    /// <summary>Scores whole entities of the validation text; the losses of the result are wrong tags.</summary>
    private Evaluation Validate()
    {
        TaggingScores scores = _valid.Score(_tagger);
        _validF1 = scores.Overall.F1;
        if (_validF1 > _best.F1)
        {
            _best.F1 = _validF1;
            if (_request.Checkpoint is null)
            {
                _best.Keep();
            }
        }

        return new Evaluation(scores.Tokens - scores.CorrectTokens, scores.Tokens, scores.CorrectTokens);
    }

    /// <summary>Scores the test text with the weights of the best epoch.</summary>
    private double Test()
    {
        TaggerModel best = _request.Checkpoint is null || !double.IsFinite(_best.F1) ? _best.Model(_vocabulary, Settings.Kind) : SavedTagger.OpenBest(_request.Checkpoint).Load();
        _testScores = new ScoredText(_corpus.Test, _vocabulary).Score(new SentenceTagger(best, _vocabulary, _request.Threads ?? 0));
        return _testScores.Overall.F1;
    }

    private void Introduce(LstmTrainer trainer, SentenceBatches batches, int parts)
    {
        PlanFigures figures = Figures();
        _context.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"tagger ({DropoutNames.Text(Settings.Variant)}), {figures.Parameters:#,0} parameters, {100.0 * figures.Kept / figures.Dense:0} % of the dense multiply-adds, ceiling {figures.CeilingSpeedup:0.00}"));
        _context.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{batches.BatchesPerEpoch:#,0} {Settings.Batches} batches of {trainer.BatchSize} sentences; padded, {100 * batches.Padding:0.0} % of their places would be empty"));
        int cut = _corpus.Train.Count(sentence => sentence.Words.Count > trainer.TimeSteps);
        if (cut > 0)
        {
            _context.Output.WriteLine($"{cut} training sentences have more than {trainer.TimeSteps} words and are trained in parts ({parts} sentences and parts in all)");
        }

        _context.Output.WriteLine($"{trainer.Threads} threads, kernels {trainer.KernelName}{(trainer.StepCount > 0 ? $", going on after step {trainer.StepCount}" : "")}");
        _context.Output.Flush();
    }
}
