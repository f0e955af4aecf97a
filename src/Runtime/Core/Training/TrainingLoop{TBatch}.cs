using System;
using System.Collections.Generic;
using System.Threading;

namespace SdCompiler;

/// <summary>
/// Trains over epochs: schedule, carried state (zero at the start of each epoch), validation, early stopping, checkpoints, cancellation
/// after the current step. A run that was stopped and resumed gives the same bits as one that never stopped.
/// </summary>
/// <typeparam name="TBatch">The model's batch type.</typeparam>
public sealed class TrainingLoop<TBatch>
    where TBatch : LstmBatch
{
    private readonly LstmTrainer<TBatch> _trainer;
    private readonly IBatchSource<TBatch> _data;

    /// <summary>Steps before the epoch in work.</summary>
    private long _epochStart;

    /// <summary>Where this run goes on from; null for a run from the beginning.</summary>
    private CheckpointReader? _resumed;

    /// <summary>Whether what <see cref="Checkpoints"/> has is known to be of this run.</summary>
    private bool _ownsFolder;

    /// <summary>A loop; nothing runs yet.</summary>
    /// <param name="trainer">The trainer.</param>
    /// <param name="data">The training data.</param>
    public TrainingLoop(LstmTrainer<TBatch> trainer, IBatchSource<TBatch> data)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        ArgumentNullException.ThrowIfNull(data);
        _trainer = trainer;
        _data = data;
    }

    /// <summary>Called after every step, on the calling thread.</summary>
    public event Action<StepProgress>? StepCompleted;

    /// <summary>Called after every epoch and its validation, on the calling thread.</summary>
    public event Action<EpochProgress>? EpochCompleted;

    /// <summary>Called after a checkpoint was written, with its position.</summary>
    public event Action<TrainingPosition>? CheckpointSaved;

    /// <summary>Epochs in all, those before a resume included.</summary>
    public int Epochs { get; init; } = 1;

    /// <summary>Steps in all after which training ends, those before a resume included; null for no limit.</summary>
    public long? MaximumSteps { get; init; }

    /// <summary>The learning rate; null leaves the optimizer's as it is.</summary>
    public LearningRateSchedule? Schedule { get; init; }

    /// <summary>Evaluates after each epoch. Null for no validation.</summary>
    public Func<Evaluation>? Validate { get; init; }

    /// <summary>The figure of a validation that decides which epoch is best and when to stop early, the lower the better: the mean loss, unless something else is given, such as -F1.</summary>
    public Func<Evaluation, double> Figure { get; init; } = static evaluation => evaluation.MeanLoss;

    /// <summary>Ends training when validation stops improving; needs <see cref="Validate"/>. Null never does.</summary>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>
    /// Begins to average weights (<see cref="Asgd"/>) after the first epoch whose validation is worse than the best of all epochs before it but the last so many: 5 in AWD-LSTM. Needs <see cref="Validate"/>.
    /// Null leaves it to the optimizer.
    /// </summary>
    public int? NonMonotone { get; init; }

    /// <summary>Where checkpoints go: after every epoch, at the end, on cancellation. Null writes none.</summary>
    public CheckpointWriter? Checkpoints { get; init; }

    /// <summary>Steps from one checkpoint to the next inside an epoch; 0 for none.</summary>
    public int CheckpointEverySteps { get; init; }

    /// <summary>Text files that every checkpoint carries, such as the vocabulary.</summary>
    public IDictionary<string, string> Texts { get; } = new Dictionary<string, string>();

    /// <summary>Settings of the application that every checkpoint carries.</summary>
    public IDictionary<string, string> Properties { get; } = new Dictionary<string, string>();

    /// <summary>Where training is.</summary>
    public TrainingPosition Position { get; private set; } = new();

    /// <summary>Goes on from a checkpoint: loads it into the trainer and moves to its position.</summary>
    /// <param name="checkpoint">A checkpoint that a loop over the same data wrote.</param>
    /// <exception cref="CheckpointException">It cannot be loaded, has no position, or its position does not exist in this data.</exception>
    public void Resume(CheckpointReader checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        TrainingPosition position = checkpoint.Position
            ?? throw new CheckpointException($"The checkpoint '{checkpoint.VersionFolder}' was not written by a training loop and says no position in the data; load it into the trainer instead.");
        if (position.Batch >= _data.BatchesIn(position.Epoch))
        {
            throw new CheckpointException($"The checkpoint '{checkpoint.VersionFolder}' stands at batch {position.Batch} of an epoch and this data has {_data.BatchesIn(position.Epoch)}; resume with the data that it was trained on.");
        }

        _trainer.Load(checkpoint);
        Position = position;
        EarlyStopping?.Restore(position.Best, position.SinceBest);
        _resumed = checkpoint;
        _ownsFolder = false;
    }

    /// <summary>Trains until the last epoch, the step limit, early stopping or cancellation. Meanwhile nobody else can write to the folder of <see cref="Checkpoints"/>.</summary>
    /// <param name="cancellation">Ends training after the current step, with a checkpoint when there is a writer.</param>
    /// <returns>Why it ended.</returns>
    /// <exception cref="CheckpointException">A checkpoint cannot be written, or the folder is another run's: it holds a checkpoint and this run does not go on from one of that folder, or somebody else is writing to it.</exception>
    public TrainingEnd Run(CancellationToken cancellation = default)
    {
        if (EarlyStopping is not null && Validate is null)
        {
            throw new InvalidOperationException("Early stopping needs a validation; set Validate.");
        }

        CheckNonMonotone();
        using IDisposable? held = Checkpoints?.Hold();
        CheckFolder();
        _epochStart = 0;
        for (int epoch = 0; epoch < Position.Epoch; epoch++)
        {
            _epochStart += _data.BatchesIn(epoch);
        }

        while (Position.Epoch < Epochs)
        {
            if (EarlyStopping?.ShouldStop == true)
            {
                return TrainingEnd.StoppedEarly;
            }

            TrainingEnd? end = RunEpoch(cancellation);
            if (end is not null)
            {
                return end.Value;
            }

            FinishEpoch();
        }

        return EarlyStopping?.ShouldStop == true ? TrainingEnd.StoppedEarly : TrainingEnd.Completed;
    }

    /// <summary>The rest of an epoch; null when it was completed.</summary>
    private TrainingEnd? RunEpoch(CancellationToken cancellation)
    {
        int batches = _data.BatchesIn(Position.Epoch);
        while (Position.Batch < batches)
        {
            long step = _epochStart + Position.Batch;
            TrainingEnd? end = cancellation.IsCancellationRequested ? TrainingEnd.Cancelled
                : step >= MaximumSteps ? TrainingEnd.StepLimit
                : null;
            if (end is not null)
            {
                Save(isBest: false);
                return end;
            }

            RunStep(step, batches);
            bool due = CheckpointEverySteps > 0 && (step + 1) % CheckpointEverySteps == 0;
            if (due && Position.Batch < batches)
            {
                Save(isBest: false);
            }
        }

        return null;
    }

    private void RunStep(long step, int batches)
    {
        int epoch = Position.Epoch;
        int index = Position.Batch;
        if (index == 0)
        {
            _trainer.State.Reset();
        }

        if (Schedule is not null)
        {
            _trainer.Optimizer.LearningRate = Schedule.RateAt(epoch, step, batches);
        }

        double loss = _trainer.Step(_data.Get(epoch, index));
        bool counts = double.IsFinite(loss);
        Position = Position with
        {
            Batch = index + 1,
            EpochLoss = Position.EpochLoss + (counts ? _trainer.LastTotalLoss : 0),
            EpochTargets = Position.EpochTargets + (counts ? _trainer.LastTargets : 0),
        };
        StepCompleted?.Invoke(new StepProgress(
            epoch, index, batches, step + 1, loss, _trainer.LastTargets, _trainer.Optimizer.LearningRate, _trainer.GradientNorm, _trainer.LastStepApplied, Position.EpochLoss / Position.EpochTargets));
    }

    private void FinishEpoch()
    {
        TrainingPosition done = Position;
        Evaluation? validation = Validate?.Invoke();
        bool isBest = false;
        double best = done.Best;
        int sinceBest = done.SinceBest;
        if (validation is Evaluation evaluation)
        {
            double figure = Figure(evaluation);
            isBest = EarlyStopping?.Report(figure) ?? figure < best;
            best = isBest ? figure : best;
            sinceBest = isBest ? 0 : sinceBest + 1;
        }

        Position = new TrainingPosition { Epoch = done.Epoch + 1, Best = best, SinceBest = sinceBest, Validations = DecideAveraging(done.Validations, validation) };
        _epochStart += _data.BatchesIn(done.Epoch);
        long steps = _epochStart;
        var training = new Evaluation(done.EpochLoss, done.EpochTargets);
        EpochCompleted?.Invoke(new EpochProgress(done.Epoch, steps, training, validation, isBest, _trainer.Optimizer.LearningRate, _trainer.SkippedSteps));
        Save(isBest);
    }

    /// <summary>Begins averaging where it is due, and says which figures the next epoch is compared with.</summary>
    private IReadOnlyList<double> DecideAveraging(IReadOnlyList<double> before, Evaluation? validation)
    {
        if (NonMonotone is not int interval || validation is not Evaluation figure || _trainer.IsAveraging)
        {
            return [];
        }

        if (!NonMonotoneTrigger.IsReached(before, Figure(figure), interval))
        {
            return double.IsFinite(Figure(figure)) ? [.. before, Figure(figure)] : before;
        }

        _trainer.StartAveraging();
        return [];
    }

    /// <summary>The checkpoints of a run replace those before them: they must not be another run's.</summary>
    private void CheckFolder()
    {
        if (Checkpoints is null || _ownsFolder)
        {
            return;
        }

        string folder = Checkpoints.Directory;
        if (CheckpointReader.Exists(folder) && _resumed?.IsIn(folder) != true)
        {
            throw new CheckpointException(
                $"The folder '{folder}' holds a checkpoint of another run, which this one would replace; go on with that run (Resume(CheckpointReader.Open(folder)) before Run), give the CheckpointWriter another folder, or delete this one.");
        }

        _ownsFolder = true;
    }

    private void CheckNonMonotone()
    {
        if (NonMonotone is not int interval)
        {
            return;
        }

        if (Validate is null || _trainer.Optimizer is not Asgd)
        {
            throw new InvalidOperationException("NonMonotone begins to average weights by the validation; set Validate, and give the trainer the optimizer Asgd.");
        }

        if (interval < 0)
        {
            throw new InvalidOperationException($"NonMonotone is {interval}; use a number of epochs, 0 or more, such as 5.");
        }
    }

    private void Save(bool isBest)
    {
        if (Checkpoints is null)
        {
            return;
        }

        var content = new CheckpointContent { Position = Position };
        foreach (KeyValuePair<string, string> text in Texts)
        {
            content.Texts[text.Key] = text.Value;
        }

        foreach (KeyValuePair<string, string> property in Properties)
        {
            content.Properties[property.Key] = property.Value;
        }

        Checkpoints.Save(_trainer, content, isBest);
        CheckpointSaved?.Invoke(Position);
    }
}
