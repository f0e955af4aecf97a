using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using SdCompiler.Runtime.Tests.Data;
using Xunit;

namespace SdCompiler.Runtime.Tests.Training;

public sealed class TrainingLoopTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(25)]
    public void StoppedAnywhereAndResumedItGivesTheBitsOfNeverStopping(int stopAfter)
    {
        using var folder = new TemporaryFolder();
        var whole = new Run(3);
        Assert.Equal(TrainingEnd.Completed, whole.Loop(null).Run());

        using var cancel = new CancellationTokenSource();
        var first = new Run(3);
        TrainingLoop<TokenBatch> stopped = first.Loop(new CheckpointWriter(folder["c"]));
        stopped.StepCompleted += progress =>
        {
            if (progress.Step == stopAfter)
            {
                cancel.Cancel();
            }
        };
        Assert.Equal(TrainingEnd.Cancelled, stopped.Run(cancel.Token));
        Assert.Equal(stopAfter, first.Trainer.StepCount);

        var second = new Run(3);
        TrainingLoop<TokenBatch> resumed = second.Loop(new CheckpointWriter(folder["c"]));
        resumed.Resume(CheckpointReader.Open(folder["c"]));
        Assert.Equal(TrainingEnd.Completed, resumed.Run());
        Assert.Equal(whole.Model.AllWeights(), second.Model.AllWeights());
        Assert.Equal(whole.Epochs.TakeLast(second.Epochs.Count), second.Epochs);
        Assert.Equal(whole.Trainer.StepCount, second.Trainer.StepCount);

        // Resuming what is complete does nothing more.
        TrainingLoop<TokenBatch> again = second.Loop(null);
        again.Resume(CheckpointReader.Open(folder["c"]));
        Assert.Equal(TrainingEnd.Completed, again.Run());
        Assert.Equal(whole.Trainer.StepCount, second.Trainer.StepCount);
    }

    [Fact]
    public void TheScheduleTheStepLimitAndTheReportsFollowTheSteps()
    {
        var run = new Run(5);
        var rates = new List<double>();
        TrainingLoop<TokenBatch> loop = run.Loop(null, maximumSteps: 30, schedule: LearningRateSchedule.Zaremba(0.4, 1, 0.5));
        loop.StepCompleted += progress =>
        {
            Assert.Equal(rates.Count, progress.Step - 1);
            Assert.Equal(progress.Epoch * progress.BatchesPerEpoch, progress.Step - 1 - progress.Batch);
            Assert.True(progress.Applied && double.IsFinite(progress.EpochMeanLoss));
            rates.Add(progress.LearningRate);
        };
        Assert.Equal(TrainingEnd.StepLimit, loop.Run());
        Assert.Equal(Enumerable.Repeat(0.4, 12).Concat(Enumerable.Repeat(0.2, 12)).Concat(Enumerable.Repeat(0.1, 6)), rates);
        Assert.Equal(2, run.Epochs.Count);
        Assert.Equal(3 * 46, run.Epochs[0].Training.Targets);
        Assert.Equal(24, run.Epochs[1].Step);
    }

    [Fact]
    public void EarlyStoppingEndsTrainingAndTheBestCheckpointIsTheBestEpoch()
    {
        using var folder = new TemporaryFolder();
        var run = new Run(10);
        double[] figures = [3, 2, 2.5, 2.4, 1];
        int calls = 0;
        TrainingLoop<TokenBatch> loop = run.Loop(
            new CheckpointWriter(folder["c"]), validate: () => new Evaluation(figures[calls++], 1), stopping: new EarlyStopping(2));
        Assert.Equal(TrainingEnd.StoppedEarly, loop.Run());
        Assert.Equal(4, calls);
        Assert.Equal([true, true, false, false], run.Epochs.Select(epoch => epoch.IsBest));
        Assert.Equal(24, CheckpointReader.Open(folder["c"], CheckpointChoice.Best).StepCount);
        CheckpointReader last = CheckpointReader.Open(folder["c"]);
        Assert.Equal(new TrainingPosition { Epoch = 4, Best = 2, SinceBest = 2 }, last.Position);

        var resumed = new Run(10);
        TrainingLoop<TokenBatch> again = resumed.Loop(null, validate: () => default, stopping: new EarlyStopping(2));
        again.Resume(last);
        Assert.Equal(TrainingEnd.StoppedEarly, again.Run());
    }

    [Fact]
    public void CheckpointsInsideAnEpochAndTheTextsAreWritten()
    {
        using var folder = new TemporaryFolder();
        var run = new Run(1);
        TrainingLoop<TokenBatch> loop = run.Loop(new CheckpointWriter(folder["c"], keepLast: 100), every: 5);
        loop.Texts["vocabulary.txt"] = "a b";
        loop.Properties["k"] = "v";
        loop.Run();
        Assert.Equal(["000001-step-5", "000002-step-10", "000003-step-12"], Directory.GetDirectories(folder["c"]).Select(Path.GetFileName).Order());
        CheckpointReader reader = CheckpointReader.Open(folder["c"]);
        Assert.Equal("a b", reader.ReadText("vocabulary.txt"));
        Assert.Equal("v", reader.Properties["k"]);
    }

    [Fact]
    public void OtherDataAndMissingPositionsAreSentences()
    {
        using var folder = new TemporaryFolder();
        var run = new Run(1);
        run.Trainer.Save(folder["c"]);
        Assert.Contains("no position", Assert.Throws<CheckpointException>(() => run.Loop(null).Resume(CheckpointReader.Open(folder["c"]))).Message, StringComparison.Ordinal);
        run.Trainer.Save(folder["c"], new CheckpointContent { Position = new TrainingPosition { Batch = 99 } });
        Assert.Contains("batch 99", Assert.Throws<CheckpointException>(() => run.Loop(null).Resume(CheckpointReader.Open(folder["c"]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheCheckpointsOfAnotherRunAreNeverReplaced()
    {
        using var folder = new TemporaryFolder();
        TrainingLoop<TokenBatch> first = new Run(2).Loop(new CheckpointWriter(folder["c"]), maximumSteps: 14);
        first.Run();
        first.Run(); // the same run may go on as often as it likes
        CheckpointReader saved = CheckpointReader.Open(folder["c"]);

        var second = new Run(2);
        float[] weights = second.Model.AllWeights();
        Refused(second.Loop(new CheckpointWriter(folder["c"])), folder["c"]);
        Assert.Equal(weights, second.Model.AllWeights());

        // A checkpoint of elsewhere makes no difference; one of the folder, or of a copy of it, does.
        TrainingLoop<TokenBatch> elsewhere = new Run(1).Loop(new CheckpointWriter(folder["other"]));
        elsewhere.Run();
        TrainingLoop<TokenBatch> strange = second.Loop(new CheckpointWriter(folder["c"]));
        strange.Resume(CheckpointReader.Open(folder["other"]));
        Refused(strange, folder["c"]);
        Assert.Equal(saved.VersionFolder, CheckpointReader.Open(folder["c"]).VersionFolder);
        Directory.CreateSymbolicLink(folder["link"], folder["c"]);
        TrainingLoop<TokenBatch> resumed = second.Loop(new CheckpointWriter(folder["link"]));
        resumed.Resume(saved);
        Assert.Equal(TrainingEnd.Completed, resumed.Run());
        Assert.Equal(24, CheckpointReader.Open(folder["c"]).StepCount);

        static void Refused(TrainingLoop<TokenBatch> loop, string folder)
        {
            string message = Assert.Throws<CheckpointException>(() => loop.Run()).Message;
            Assert.All(["'" + folder + "' holds a checkpoint of another run", "Resume(", "another folder", "delete"], part => Assert.Contains(part, message, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void AFolderThatSomebodyWritesToIsRefusedBeforeTheFirstStep()
    {
        using var folder = new TemporaryFolder();
        TrainingLoop<TokenBatch> running = new Run(1).Loop(new CheckpointWriter(folder["c"]), every: 5);
        int refused = 0;
        running.StepCompleted += _ =>
        {
            var other = new Run(1);
            TrainingLoop<TokenBatch> second = other.Loop(new CheckpointWriter(folder["c"]));
            if (CheckpointReader.Exists(folder["c"]))
            {
                second.Resume(CheckpointReader.Open(folder["c"]));
            }

            long before = other.Trainer.StepCount;
            Assert.StartsWith("Another process", Assert.Throws<CheckpointException>(() => second.Run()).Message, StringComparison.Ordinal);
            Assert.Equal(before, other.Trainer.StepCount);
            refused++;
        };
        running.Run();
        Assert.Equal(12, refused);

        // Afterwards it is free again.
        var next = new CheckpointWriter(folder["c"]);
        IDisposable outer = next.Hold();
        IDisposable inner = next.Hold();
        inner.Dispose();
        inner.Dispose();
        Assert.Throws<CheckpointException>(() => new CheckpointWriter(folder["c"]).Hold());
        outer.Dispose();
        new CheckpointWriter(folder["c"]).Hold().Dispose();
        Assert.Contains("is a file; name a folder", Assert.Throws<CheckpointException>(() => new CheckpointWriter(folder.Write("f", "x")).Hold()).Message, StringComparison.Ordinal);
    }

    private sealed class Run
    {
        private readonly int _epochs;

        public Run(int epochs)
        {
            _epochs = epochs;
            Trainer = Model.CreateTrainer(new Adam { LearningRate = 0.01, ClipNorm = 1 });
        }

        public LeakyModel Model { get; } = new();

        public LeakyTrainer Trainer { get; }

        public List<EpochProgress> Epochs { get; } = [];

        public TrainingLoop<TokenBatch> Loop(
            CheckpointWriter? writer, long? maximumSteps = null, LearningRateSchedule? schedule = null, Func<Evaluation>? validate = null, EarlyStopping? stopping = null, int every = 0)
        {
            int[] tokens = Model.Data(141, 1, 9).Inputs;
            var loop = new TrainingLoop<TokenBatch>(Trainer, new TokenBatchSource(new BatchLoader(tokens, LeakyModel.B, LeakyModel.T)))
            {
                Epochs = _epochs,
                Checkpoints = writer,
                MaximumSteps = maximumSteps,
                Schedule = schedule,
                Validate = validate,
                EarlyStopping = stopping,
                CheckpointEverySteps = every,
            };
            loop.EpochCompleted += Epochs.Add;
            return loop;
        }
    }
}
