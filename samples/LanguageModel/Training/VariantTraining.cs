using System;
using System.Threading;
using SdCompiler.Samples.LanguageModel.Models;
using SdCompiler.Samples.Shared.Progress;

namespace SdCompiler.Samples.LanguageModel.Training;

/// <summary>Trains one variant of a model from the beginning, epoch by epoch, for a comparison: no files, few evaluations.</summary>
internal sealed class VariantTraining : IDisposable
{
    /// <summary>Validation every so many epochs shows where overfitting begins and costs little.</summary>
    private const int EpochsPerValidation = 5;

    private readonly Dropout _variant;
    private readonly Corpus _corpus;
    private readonly LanguageModelInstance _model;
    private readonly TokenTrainer _trainer;
    private readonly TrainingLoop<TokenBatch> _loop;
    private readonly TextEvaluator _valid;
    private readonly SpeedMeter _speed = new();
    private CancellationTokenSource _epochEnd = new();
    private (double Perplexity, int Epoch) _lowest = (double.PositiveInfinity, 0);
    private double _last = double.NaN;

    /// <summary>Prepares the training of a variant.</summary>
    /// <param name="entry">The model.</param>
    /// <param name="text">The text.</param>
    /// <param name="variant">The variant.</param>
    /// <param name="seed">Of weights and masks; with the same seed all variants begin with the same weights.</param>
    public VariantTraining(ModelEntry entry, RunText text, Dropout variant, long seed)
    {
        _variant = variant;
        _corpus = text.Corpus;
        _model = entry.Create(_corpus.Vocabulary.Count, seed);
        _trainer = _model.CreateTrainer(entry.Recipe.CreateOptimizer(), variant, new TrainerOptions());
        TokenBatchSource source = new(new BatchLoader(_corpus.Train, _trainer.BatchSize, _trainer.TimeSteps));
        _loop = new TrainingLoop<TokenBatch>(_trainer, source)
        {
            Epochs = entry.Recipe.Epochs,
            Schedule = entry.Recipe.CreateSchedule((long)entry.Recipe.Epochs * source.BatchesPerEpoch, entry.Recipe.Decay),
        };
        _valid = new TextEvaluator(_corpus.Valid.Span, _corpus.Vocabulary, _trainer);
        _loop.StepCompleted += step => _speed.StepEnded(step.Targets);
        _loop.EpochCompleted += OnEpoch;
    }

    /// <summary>Tokens per second of training time so far.</summary>
    public double TokensPerSecond => _speed.TokensPerSecond;

    /// <summary>Trains one epoch.</summary>
    /// <param name="stop">Stops after the current step.</param>
    /// <returns>False when it was stopped.</returns>
    public bool RunEpoch(CancellationToken stop)
    {
        _epochEnd.Dispose();
        _epochEnd = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _speed.Pause();
        _loop.Run(_epochEnd.Token);
        return !stop.IsCancellationRequested;
    }

    /// <summary>What has been reached.</summary>
    public TrainedVariant Finish()
    {
        double train = new TextEvaluator(_corpus.Train.Span, _corpus.Vocabulary, _trainer).Run().Perplexity;
        return new TrainedVariant(_variant, _model, train, _last, _lowest.Perplexity, _lowest.Epoch, _speed.MedianMilliseconds);
    }

    public void Dispose()
    {
        _trainer.Dispose();
        _epochEnd.Dispose();
    }

    private void OnEpoch(EpochProgress epoch)
    {
        if ((epoch.Epoch + 1) % EpochsPerValidation == 0 || epoch.Epoch + 1 == _loop.Epochs)
        {
            _last = _valid.Run().Perplexity;
            _lowest = _last < _lowest.Perplexity ? (_last, epoch.Epoch + 1) : _lowest;
        }

        // The loop looks at its token before the next step, and keeps its place.
        _epochEnd.Cancel();
    }
}
