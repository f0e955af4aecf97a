using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using SdCompiler.Samples.Shared;
using SdCompiler.Samples.Shared.Training;
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
    private readonly RunSettings _settings;
    private readonly TaggerCorpus _corpus;
    private readonly TaggerVocabulary _vocabulary;
    private readonly EntityTagger _model;
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
    public TaggerRun(CommandContext context, TrainRequest request, RunSettings settings, TaggerCorpus corpus, TaggerVocabulary vocabulary, EntityTagger model)
    {
        _context = context;
        _request = request;
        _settings = settings;
        _corpus = corpus;
        _vocabulary = vocabulary;
        _model = model;
        _tagger = new SentenceTagger(model, vocabulary, request.Threads ?? 0);
        _valid = new ScoredText(corpus.Valid, vocabulary);
        _best = new BestWeights(model);
    }

    /// <summary>The optimizer of the published settings; the schedule sets its rate.</summary>
    public static Optimizer CreateOptimizer() => new Sgd { LearningRate = Rate, Momentum = 0.9, ClipNorm = 5 };

    /// <summary>Trains, evaluates and reports.</summary>
    /// <param name="trainer">A new trainer of the model.</param>
    /// <param name="batches">The training sentences.</param>
    /// <param name="saved">The checkpoint to go on from, or null.</param>
    /// <returns>The program's exit code.</returns>
    public int Run(LstmTrainer<TokenBatch> trainer, SentenceBatches batches, CheckpointReader? saved)
    {
        _best.F1 = saved?.Position is TrainingPosition position ? -position.Best : double.NegativeInfinity;
        RunPlan<TokenBatch> plan = new()
        {
            Name = "tagger",
            Title = $"Tagger, {DropoutNames.Text(_settings.Variant)}",
            Trainer = trainer,
            Source = batches,
            Epochs = _settings.Epochs,
            MaximumSteps = _request.MaxSteps,
            Schedule = LearningRateSchedule.Inverse(Rate, Decay),
            StepMultiplyAdds = Figures(_settings.Variant, _vocabulary).Kept,
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
        _settings.WriteTo(plan.Properties);
        int code = new TrainingRun<TokenBatch>(_context, plan, saved).Run();
        if (_testScores is not null)
        {
            string which = double.IsFinite(_best.F1) ? string.Create(CultureInfo.InvariantCulture, $"the epoch with the best validation (F1 {_best.F1:0.00})") : "the weights as they are, because no epoch has ended";
            _context.Output.WriteLine($"The test text with {which}:");
            ScoreTable.Write(_testScores, _context.Output);
        }

        return code;
    }

    /// <summary>The plan's figures for a vocabulary.</summary>
    public static PlanFigures Figures(Dropout variant, TaggerVocabulary vocabulary) =>
        EntityTagger.Plan.Evaluate(variant.ToString(), vocabulary.Words.Count, vocabulary.Tags.Count);

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
        EntityTagger best = _request.Checkpoint is null || !double.IsFinite(_best.F1) ? _best.Model(_vocabulary) : SavedTagger.OpenBest(_request.Checkpoint).Load();
        _testScores = new ScoredText(_corpus.Test, _vocabulary).Score(new SentenceTagger(best, _vocabulary, _request.Threads ?? 0));
        return _testScores.Overall.F1;
    }
}
