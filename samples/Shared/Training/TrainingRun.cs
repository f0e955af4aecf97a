using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using SdCompiler.Samples.Shared.Progress;

namespace SdCompiler.Samples.Shared.Training;

/// <summary>One run of <c>train</c>: the loop, and what is shown and written while it goes on.</summary>
/// <typeparam name="TBatch">The model's batch type.</typeparam>
internal sealed class TrainingRun<TBatch>
    where TBatch : LstmBatch
{
    /// <summary>The file of a checkpoint with the metrics of the epochs so far, whether or not the run writes them elsewhere.</summary>
    private const string MetricsName = "metrics.jsonl";

    private readonly CommandContext _context;
    private readonly RunPlan<TBatch> _plan;
    private readonly LstmTrainer<TBatch> _trainer;
    private readonly TrainingLoop<TBatch> _loop;
    private readonly CheckpointWriter? _checkpoints;
    private readonly CheckpointReader? _saved;
    private readonly LearningHistory _history;
    private readonly List<string> _metricsLines = [];
    private readonly ProgressDisplay _display;
    private readonly SpeedMeter _epochSpeed = new();
    private readonly SpeedMeter _runSpeed = new();
    private readonly long _totalSteps;
    private readonly long _firstStep;
    private double _trainValue = double.NaN;
    private double? _validValue;
    private MetricsFile? _metrics;
    private string? _unwrittenLine;
    private long _started;

    /// <summary>Prepares a run, or the rest of one.</summary>
    /// <param name="context">Where it writes, and what stops it.</param>
    /// <param name="plan">What is to be trained, and on what.</param>
    /// <param name="saved">The checkpoint to go on from, or null.</param>
    public TrainingRun(CommandContext context, RunPlan<TBatch> plan, CheckpointReader? saved)
    {
        _context = context;
        _plan = plan;
        _saved = saved;
        _trainer = plan.Trainer;
        _checkpoints = plan.Checkpoint is null ? null : new CheckpointWriter(plan.Checkpoint, keepLast: 2);
        _history = saved is not null && saved.HasText(LearningHistory.FileName)
            ? LearningHistory.FromText(saved.ReadText(LearningHistory.FileName))
            : new LearningHistory();
        if (saved is not null && saved.HasText(MetricsName))
        {
            _metricsLines.AddRange(saved.ReadText(MetricsName).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }

        _display = ProgressDisplay.For(context);
        _totalSteps = Math.Min(plan.Steps, plan.MaximumSteps ?? long.MaxValue);
        _loop = new TrainingLoop<TBatch>(_trainer, plan.Source)
        {
            Epochs = plan.Epochs,
            MaximumSteps = plan.MaximumSteps,
            Schedule = plan.Schedule,
            Validate = plan.Validate,
            Figure = plan.Figure ?? (static evaluation => evaluation.MeanLoss),
            EarlyStopping = plan.EarlyStopping,
            NonMonotone = plan.NonMonotone,
            Checkpoints = _checkpoints,
            CheckpointEverySteps = CheckpointSteps(),
        };
        foreach ((string name, string text) in plan.Texts)
        {
            _loop.Texts[name] = text;
        }

        foreach ((string name, string value) in plan.Properties)
        {
            _loop.Properties[name] = value;
        }

        RecordEpochs();
        _loop.StepCompleted += OnStep;
        _loop.EpochCompleted += OnEpoch;
        _loop.CheckpointSaved += _ => OnSaved();
        if (saved is not null)
        {
            _loop.Resume(saved);
            _validValue = _loop.Position.Batch == 0 ? _history.LastValid : null;
        }

        SetRate();
        _firstStep = _trainer.StepCount;
    }

    /// <summary>Trains, evaluates and reports.</summary>
    /// <returns>The program's exit code.</returns>
    public int Run()
    {
        TrainingEnd end = TrainingEnd.Completed;
        using IDisposable? held = _checkpoints?.Hold();
        OpenFiles();
        _started = Stopwatch.GetTimestamp();
        PauseClocks();
        _display.Run(_plan.Name, () => end = _loop.Run(_context.Stop));
        string saved = _plan.Checkpoint is null ? "" : $" Checkpoint: {_plan.Checkpoint}.";
        if (end == TrainingEnd.Cancelled)
        {
            string wayOn = _plan.Checkpoint is null ? " Nothing was saved; give --checkpoint to be able to go on." : saved + " Go on with --resume.";
            _display.Line($"Stopped after step {_trainer.StepCount:#,0}.{wayOn}");
            return ExitCodes.Stopped;
        }

        double valid = _validValue ?? _plan.Value(_plan.Validate());
        double? test = _plan.Test?.Invoke();
        FinalFigures? others = _plan.Finish?.Invoke();
        _metrics?.Append(MetricsLine(_loop.Position.Epoch, valid, test, _runSpeed, others?.Values));
        string name = _plan.Measure.Name;
        string stopped = end == TrainingEnd.StoppedEarly ? $" (stopped early: no better validation for {_plan.EarlyStopping!.Patience} epochs)" : "";
        string tested = test is double known ? $", test {name} {Text(known)}" : "";
        string optimum = _plan.Optimum is double best ? $" (a perfect model: {Text(best)})" : "";
        _display.Line(string.Create(CultureInfo.InvariantCulture, $"Done after {_trainer.StepCount:#,0} steps{stopped}: validation {name} {Text(valid)}{tested}{optimum}.{saved}"));
        if (others is not null)
        {
            _display.Line(others.Text);
        }

        return ExitCodes.Success;
    }

    /// <summary>Brings the files beside the checkpoints to where the run is. Only while the folder is held: they may be those of a run that goes on elsewhere.</summary>
    private void OpenFiles()
    {
        if (_saved is not null && _history.LastValid is not null)
        {
            DrawCurves();
        }

        _metrics = _plan.Metrics is null ? null
            : _saved is null ? MetricsFile.Create(_plan.Metrics)
            : MetricsFile.Resume(_plan.Metrics, _metricsLines, _saved.StepCount);
    }

    /// <summary>Steps between checkpoints inside an epoch: a few minutes of work by the plan's count, so that no clock decides what is written.</summary>
    private int CheckpointSteps()
    {
        const double MultiplyAdds = 1e13;
        return (int)Math.Clamp(MultiplyAdds / _plan.StepMultiplyAdds, 50, 20_000);
    }

    private void OnStep(StepProgress step)
    {
        _epochSpeed.StepEnded(step.Targets);
        _runSpeed.StepEnded(step.Targets);
        _validValue = null;
        _trainValue = _plan.TrainingValue(new Evaluation(step.EpochMeanLoss, 1));
        double seconds = Stopwatch.GetElapsedTime(_started).TotalSeconds;
        double left = seconds / (step.Step - _firstStep) * (_totalSteps - step.Step);
        _display.Step(new RunProgress(
            step.Epoch + 1,
            _plan.Epochs,
            (double)step.Step / _totalSteps,
            _plan.TrainingMeasure,
            _trainValue,
            _runSpeed.TokensPerSecond,
            TimeSpan.FromSeconds(left)));
    }

    private void OnEpoch(EpochProgress epoch)
    {
        double train = _plan.TrainingValue(epoch.Training);
        double valid = epoch.Validation is Evaluation validation ? _plan.Value(validation) : double.NaN;
        _validValue = valid;
        _history.Add(epoch.Epoch + 1, train, valid);
        _unwrittenLine = MetricsLine(epoch.Epoch + 1, valid, null, _epochSpeed);
        _metricsLines.Add(_unwrittenLine);
        RecordEpochs();
        string skipped = epoch.SkippedSteps > 0 ? FormattableString.Invariant($"  {epoch.SkippedSteps} steps skipped") : "";
        string trained = train.ToString(_plan.TrainingMeasure.Format, CultureInfo.InvariantCulture);
        string names = _plan.TrainingMeasure == _plan.Measure ? "training" : $"{_plan.TrainingMeasure.Name}";
        string validated = _plan.TrainingMeasure == _plan.Measure ? "validation" : $"validation {_plan.Measure.Name}";
        _display.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"epoch {epoch.Epoch + 1,2}/{_plan.Epochs}  {names} {trained}  {validated} {Text(valid)}{(epoch.IsBest ? " (best)" : "")}  rate {Rate(epoch.LearningRate)}  {_epochSpeed.MeanMilliseconds:0.0} ms/step{skipped}{(_trainer.IsAveraging ? "  averaging" : "")}"));
        if (_plan.Checkpoint is null)
        {
            WriteEpoch();
        }

        SetRate();
        _epochSpeed.Reset();
        PauseClocks();
    }

    /// <summary>Sets the next epoch's rate from the epochs so far; they travel in checkpoints, so a resumed run goes on with the same rate.</summary>
    private void SetRate()
    {
        if (_plan.RateAfter is Func<IReadOnlyList<double>, double> rate)
        {
            // After the last epoch the rate stays what that epoch had.
            _trainer.Optimizer.LearningRate = rate([.. _history.ValidValues.Take(_plan.Epochs - 1)]);
        }
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
        if (_plan.Checkpoint is not null)
        {
            _history.Draw(_plan.Checkpoint, _plan.Title, _plan.TrainingMeasure, _plan.Measure, _plan.Optimum);
        }
    }

    private string MetricsLine(int epoch, double valid, double? test, SpeedMeter speed, IReadOnlyDictionary<string, double>? others = null)
    {
        using Process process = Process.GetCurrentProcess();
        return MetricsFile.Line(
            _plan.TrainingMeasure.Key,
            _plan.Measure.Key,
            new RunMetrics(
                epoch,
                _trainer.StepCount,
                _trainValue,
                valid,
                test,
                speed.TokensPerSecond,
                speed.MeanMilliseconds,
                _trainer.Optimizer.LearningRate,
                process.PeakWorkingSet64 / 1e6,
                _trainer.SkippedSteps,
                others));
    }

    /// <summary>A rate with four decimals, or with three digits where those would be zeros.</summary>
    private static string Rate(double value) => value.ToString(value is 0 or >= 0.001 ? "0.####" : "0.##E-0", CultureInfo.InvariantCulture);

    private string Text(double value) => value.ToString(_plan.Measure.Format, CultureInfo.InvariantCulture);

    private void PauseClocks()
    {
        _epochSpeed.Pause();
        _runSpeed.Pause();
    }
}
