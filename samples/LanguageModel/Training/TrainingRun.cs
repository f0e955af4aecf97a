using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using SdCompiler.Samples.LanguageModel.Commands;
using SdCompiler.Samples.LanguageModel.Models;
using SdCompiler.Samples.LanguageModel.Progress;
using SdCompiler.Samples.Shared;

namespace SdCompiler.Samples.LanguageModel.Training;

/// <summary>One run of <c>train</c>: the loop, and what is shown and written while it goes on.</summary>
internal sealed class TrainingRun
{
    /// <summary>The file of a checkpoint with the metrics of the epochs so far, whether or not the run writes them elsewhere.</summary>
    private const string MetricsName = "metrics.jsonl";

    private readonly CommandContext _context;
    private readonly TrainRequest _request;
    private readonly RunSettings _settings;
    private readonly RunText _text;
    private readonly TokenTrainer _trainer;
    private readonly TrainingLoop<TokenBatch> _loop;
    private readonly TextEvaluator _valid;
    private readonly LearningHistory _history;
    private readonly MetricsFile? _metrics;
    private readonly List<string> _metricsLines = [];
    private readonly ProgressDisplay _display;
    private readonly SpeedMeter _epochSpeed = new();
    private readonly SpeedMeter _runSpeed = new();
    private readonly long _totalSteps;
    private readonly long _firstStep;
    private double _trainPerplexity = double.NaN;
    private double? _validPerplexity;
    private string? _unwrittenLine;
    private long _started;

    /// <summary>Prepares a run, or the rest of one.</summary>
    /// <param name="context">Where it writes, and what stops it.</param>
    /// <param name="request">What the user asked for.</param>
    /// <param name="settings">The run's settings.</param>
    /// <param name="text">The text.</param>
    /// <param name="trainer">A new trainer.</param>
    /// <param name="saved">The checkpoint to go on from, or null.</param>
    public TrainingRun(CommandContext context, TrainRequest request, RunSettings settings, RunText text, TokenTrainer trainer, SavedModel? saved)
    {
        _context = context;
        _request = request;
        _settings = settings;
        _text = text;
        _trainer = trainer;
        _valid = new TextEvaluator(text.Corpus.Valid.Span, text.Corpus.Vocabulary, trainer);
        _history = saved is not null && saved.Checkpoint.HasText(LearningHistory.FileName)
            ? LearningHistory.FromText(saved.Checkpoint.ReadText(LearningHistory.FileName))
            : new LearningHistory();
        if (saved is not null && saved.Checkpoint.HasText(MetricsName))
        {
            _metricsLines.AddRange(saved.Checkpoint.ReadText(MetricsName).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }

        _display = ProgressDisplay.For(context);
        ModelEntry entry = ModelCatalog.Find(settings.Model);
        IBatchSource<TokenBatch> source = entry.Recipe.Lengths is RandomLengths lengths
            ? new RandomLengthSource(text.Corpus.Train, trainer.BatchSize, lengths with { Most = trainer.TimeSteps, Seed = settings.Seed })
            : new TokenBatchSource(new BatchLoader(text.Corpus.Train, trainer.BatchSize, trainer.TimeSteps));
        long steps = Enumerable.Range(0, settings.Epochs).Sum(epoch => (long)source.BatchesIn(epoch));
        _totalSteps = Math.Min(steps, request.MaxSteps ?? long.MaxValue);
        _loop = new TrainingLoop<TokenBatch>(trainer, source)
        {
            Epochs = settings.Epochs,
            MaximumSteps = request.MaxSteps,
            Schedule = entry.Recipe.CreateSchedule(steps, settings.Decay),
            NonMonotone = entry.Recipe.NonMonotone,
            Validate = _valid.Run,
            Checkpoints = request.Checkpoint is null ? null : new CheckpointWriter(request.Checkpoint, keepLast: 2),
            CheckpointEverySteps = CheckpointSteps(entry),
        };
        _loop.Texts[SavedModel.VocabularyFile] = string.Join('\n', text.Corpus.Vocabulary.Words) + "\n";
        RecordEpochs();
        settings.WriteTo(_loop.Properties);
        _loop.StepCompleted += OnStep;
        _loop.EpochCompleted += OnEpoch;
        _loop.CheckpointSaved += _ => OnSaved();
        if (saved is not null)
        {
            _loop.Resume(saved.Checkpoint);
            _validPerplexity = _loop.Position.Batch == 0 ? _history.LastValid : null;
            if (_history.LastValid is not null)
            {
                DrawCurves();
            }
        }

        // Only now: a checkpoint that is refused leaves the file as it is.
        _metrics = request.Metrics is null ? null
            : saved is null ? MetricsFile.Create(request.Metrics)
            : MetricsFile.Resume(request.Metrics, _metricsLines, saved.Checkpoint.StepCount);
        _firstStep = trainer.StepCount;
    }

    /// <summary>Trains, evaluates and reports.</summary>
    /// <returns>The program's exit code.</returns>
    public int Run()
    {
        TrainingEnd end = TrainingEnd.Completed;
        _started = Stopwatch.GetTimestamp();
        PauseClocks();
        _display.Run(_settings.Model, () => end = _loop.Run(_context.Stop));
        string saved = _request.Checkpoint is null ? "" : $" Checkpoint: {_request.Checkpoint}.";
        if (end == TrainingEnd.Cancelled)
        {
            string wayOn = _request.Checkpoint is null ? " Nothing was saved; give --checkpoint to be able to go on." : saved + " Go on with --resume.";
            _display.Line($"Stopped after step {_trainer.StepCount:#,0}.{wayOn}");
            return ExitCodes.Stopped;
        }

        double valid = _validPerplexity ?? _valid.Run().Perplexity;
        double? test = _text.Corpus.Test.IsEmpty ? null : new TextEvaluator(_text.Corpus.Test.Span, _text.Corpus.Vocabulary, _trainer).Run().Perplexity;
        _metrics?.Append(MetricsLine(_loop.Position.Epoch, valid, test, _runSpeed));
        _display.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"Done after {_trainer.StepCount:#,0} steps: validation perplexity {valid:0.00}{(test is double known ? FormattableString.Invariant($", test perplexity {known:0.00}") : "")}{(_text.Optimum is double optimum ? FormattableString.Invariant($" (a perfect model: {optimum:0.00})") : "")}.{saved}"));
        return ExitCodes.Success;
    }

    /// <summary>Steps between checkpoints inside an epoch: a few minutes of work by the plan's count, so that no clock decides what is written.</summary>
    private int CheckpointSteps(ModelEntry entry)
    {
        const double MultiplyAdds = 1e13;
        PlanFigures figures = entry.Plan.Evaluate(_settings.Variant.ToString(), _text.Corpus.Vocabulary.Count);
        return (int)Math.Clamp(MultiplyAdds / figures.Kept, 50, 20_000);
    }

    private void OnStep(StepProgress step)
    {
        _epochSpeed.StepEnded(step.Targets);
        _runSpeed.StepEnded(step.Targets);
        _validPerplexity = null;
        _trainPerplexity = Math.Exp(step.EpochMeanLoss);
        double seconds = Stopwatch.GetElapsedTime(_started).TotalSeconds;
        double left = seconds / (step.Step - _firstStep) * (_totalSteps - step.Step);
        _display.Step(new RunProgress(
            step.Epoch + 1,
            _settings.Epochs,
            (double)step.Step / _totalSteps,
            _trainPerplexity,
            _runSpeed.TokensPerSecond,
            TimeSpan.FromSeconds(left)));
    }

    private void OnEpoch(EpochProgress epoch)
    {
        double valid = epoch.Validation?.Perplexity ?? double.NaN;
        _validPerplexity = valid;
        _history.Add(epoch.Epoch + 1, epoch.Training.Perplexity, valid);
        _unwrittenLine = MetricsLine(epoch.Epoch + 1, valid, null, _epochSpeed);
        _metricsLines.Add(_unwrittenLine);
        RecordEpochs();
        _display.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"epoch {epoch.Epoch + 1,2}/{_settings.Epochs}  training {epoch.Training.Perplexity:0.00}  validation {valid:0.00}{(epoch.IsBest ? " (best)" : "")}  rate {epoch.LearningRate:0.####}  {_epochSpeed.MeanMilliseconds:0.0} ms/step{(epoch.SkippedSteps > 0 ? FormattableString.Invariant($"  {epoch.SkippedSteps} steps skipped") : "")}{(_trainer.IsAveraging ? "  averaging" : "")}"));
        if (_request.Checkpoint is null)
        {
            WriteEpoch();
        }

        _epochSpeed.Reset();
        PauseClocks();
    }

    private void OnSaved()
    {
        WriteEpoch();
        PauseClocks();
    }

    /// <summary>
    /// Writes the epoch's line and chart, after its checkpoint: a run that is killed before has not the epoch either, and one that is killed
    /// between finds the line in the checkpoint.
    /// </summary>
    private void WriteEpoch()
    {
        if (_unwrittenLine is string line)
        {
            _unwrittenLine = null;
            _metrics?.Append(line);
            DrawCurves();
        }
    }

    /// <summary>Puts what is known of the epochs so far into the next checkpoint.</summary>
    private void RecordEpochs()
    {
        _loop.Texts[LearningHistory.FileName] = _history.ToText();
        _loop.Texts[MetricsName] = string.Concat(_metricsLines.Select(line => line + "\n"));
    }

    private void DrawCurves()
    {
        if (_request.Checkpoint is not null)
        {
            _history.Draw(_request.Checkpoint, $"{_settings.Model}, {ModelCatalog.Find(_settings.Model).Text(_settings.Variant)}", _text.Optimum);
        }
    }

    private string MetricsLine(int epoch, double valid, double? test, SpeedMeter speed)
    {
        using Process process = Process.GetCurrentProcess();
        return MetricsFile.Line(new RunMetrics(
            epoch,
            _trainer.StepCount,
            _trainPerplexity,
            valid,
            test,
            speed.TokensPerSecond,
            speed.MeanMilliseconds,
            _trainer.Optimizer.LearningRate,
            process.PeakWorkingSet64 / 1e6,
            _trainer.SkippedSteps));
    }

    private void PauseClocks()
    {
        _epochSpeed.Pause();
        _runSpeed.Pause();
    }
}
