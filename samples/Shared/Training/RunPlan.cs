using System;
using System.Collections.Generic;
using System.Linq;

namespace SdCompiler.Samples.Shared.Training;

/// <summary>All that differs between the training runs of different programs.</summary>
/// <typeparam name="TBatch">The model's batch type.</typeparam>
internal sealed record RunPlan<TBatch>
    where TBatch : LstmBatch
{
    /// <summary>The model's name, for the live line.</summary>
    public required string Name { get; init; }

    /// <summary>The heading of the chart.</summary>
    public required string Title { get; init; }

    public required LstmTrainer<TBatch> Trainer { get; init; }

    public required IBatchSource<TBatch> Source { get; init; }

    public required int Epochs { get; init; }

    /// <summary>Steps of all epochs; epochs may differ in theirs.</summary>
    public long Steps => Enumerable.Range(0, Epochs).Sum(epoch => (long)Source.BatchesIn(epoch));

    /// <summary>Steps after which the run ends, or null.</summary>
    public int? MaximumSteps { get; init; }

    public LearningRateSchedule? Schedule { get; init; }

    /// <summary>The learning rate of an epoch by the validation figures of those before it, first to last; null where <see cref="Schedule"/> says it.</summary>
    public Func<IReadOnlyList<double>, double>? RateAfter { get; init; }

    /// <summary>Multiply-adds of one full step by the plan: decides how often a checkpoint is written inside an epoch.</summary>
    public required double StepMultiplyAdds { get; init; }

    /// <summary>What training is judged by, from the losses of its steps.</summary>
    public required Measure TrainingMeasure { get; init; }

    /// <summary>The training measure of the losses.</summary>
    public required Func<Evaluation, double> TrainingValue { get; init; }

    /// <summary>What validation and test are judged by.</summary>
    public required Measure Measure { get; init; }

    /// <summary>Evaluates the validation data.</summary>
    public required Func<Evaluation> Validate { get; init; }

    /// <summary>The measure of a validation; called once after each.</summary>
    public required Func<Evaluation, double> Value { get; init; }

    /// <summary>What decides which epoch is best, the lower the better, or null for the mean loss.</summary>
    public Func<Evaluation, double>? Figure { get; init; }

    /// <summary>Ends training when validation stops improving, or null.</summary>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>Validations without a new best after which the optimizer averages weights, or null for an optimizer that never does.</summary>
    public int? NonMonotone { get; init; }

    /// <summary>The measure of the test data at the end, or null without any.</summary>
    public Func<double>? Test { get; init; }

    /// <summary>What else is to be said of the trained model, in a line and in the last line of the metrics, or null.</summary>
    public Func<FinalFigures>? Finish { get; init; }

    /// <summary>The value of a perfect model, if known.</summary>
    public double? Optimum { get; init; }

    /// <summary>The folder of the run's checkpoints, or null.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>The metrics file, or null.</summary>
    public string? Metrics { get; init; }

    /// <summary>Texts that every checkpoint carries, by the names of their files.</summary>
    public Dictionary<string, string> Texts { get; } = [];

    /// <summary>Settings that every checkpoint carries.</summary>
    public Dictionary<string, string> Properties { get; } = [];
}
