using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using SdCompiler.Runtime.Tests.Data;
using Xunit;

namespace SdCompiler.Runtime.Tests.Training;

/// <summary>Windows of random lengths: how they are drawn, what they hold, how they scale a step, and that a stopped run draws the same ones.</summary>
public sealed class RandomLengthTests
{
    [Fact]
    public void LengthsAreDrawnAsThePaperSays()
    {
        RandomLengths lengths = new() { Most = 90, Seed = 3 };
        int[] drawn = [.. Enumerable.Range(0, 20).SelectMany(epoch => Enumerable.Range(0, 1000).Select(window => lengths.Length(epoch, window)))];
        Assert.All(drawn, length => Assert.InRange(length, 5, 90));
        int[] full = [.. drawn.Where(length => length > 52)];
        Assert.InRange(1 - (full.Length / 20000.0), 0.044, 0.056);
        Assert.InRange(full.Average(), 69.3, 69.7); // cut to whole numbers: half a step less than 70
        Assert.InRange(Math.Sqrt(full.Average(length => (length - full.Average()) * (length - full.Average()))), 4.85, 5.15);
        int[] half = [.. drawn.Where(length => length <= 52)];
        Assert.InRange(half.Average(), 33.9, 35.1);
        Assert.True(drawn.Count(length => length == 90) < 6, "a cap at four deviations cuts three of 100,000");
        Assert.NotEqual(drawn[..1000], drawn[1000..2000]);
        Assert.NotEqual(drawn[..1000], Enumerable.Range(0, 1000).Select(window => (lengths with { Seed = 4 }).Length(0, window)));
    }

    [Fact]
    public void ShortAndLongDrawsBecomeTheLimits()
    {
        RandomLengths lengths = new() { Base = 10, Deviation = 20, HalfProbability = 0.5, Least = 4, Most = 12 };
        int[] drawn = [.. Enumerable.Range(0, 500).Select(window => lengths.Length(0, window))];
        Assert.Equal(4, drawn.Min());
        Assert.Equal(12, drawn.Max());
    }

    /// <summary>Every prediction of each stream comes once, in order, in every epoch, in whatever order batches are asked for.</summary>
    [Fact]
    public void AnEpochIsTheWholeTextOnce()
    {
        int[] tokens = [.. Enumerable.Range(0, 3 * 101)];
        RandomLengthSource source = new(tokens, 3, new RandomLengths { Base = 8, Deviation = 3, Least = 2, Most = 14, Seed = 1 });
        List<int> counts = [];
        for (int epoch = 0; epoch < 4; epoch++)
        {
            counts.Add(source.BatchesIn(epoch));
            int next = 0;
            for (int index = 0; index < source.BatchesIn(epoch); index++)
            {
                TokenBatch batch = source.Get(epoch, index);
                Assert.Equal(batch.Steps / 8.0, batch.LengthScale);
                Assert.Equal(Math.Min(source.Lengths.Length(epoch, index), 100 - next), batch.Steps);
                for (int t = 0; t < batch.Steps; t++, next++)
                {
                    for (int row = 0; row < 3; row++)
                    {
                        Assert.Equal((row * 101) + next, batch.Inputs.Span[(t * 3) + row]);
                        Assert.Equal((row * 101) + next + 1, batch.Targets.Span[(t * 3) + row]);
                    }
                }
            }

            Assert.Equal(100, next);
        }

        Assert.True(counts.Distinct().Count() > 1, "epochs of equal counts test little");
        int[] late = source.Get(3, 2).Inputs.ToArray();
        source.Get(0, 0);
        Assert.Equal(late, source.Get(3, 2).Inputs.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => source.Get(0, source.BatchesIn(0)));
    }

    [Fact]
    public void MistakesAreSentences()
    {
        Assert.Contains("too short for 3 streams", Assert.Throws<ArgumentException>(() => new RandomLengthSource(new int[5], 3, new RandomLengths { Most = 90 })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomLengthSource(new int[50], 3, new RandomLengths { Most = 69 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomLengthSource(new int[50], 3, new RandomLengths { Most = 90, HalfProbability = 2 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomLengthSource(new int[50], 3, new RandomLengths { Most = 90, Deviation = double.NaN }));
        var model = new LeakyModel();
        using LeakyTrainer trainer = model.CreateTrainer(new Sgd());
        (int[] inputs, int[] targets) = model.Data(4, 3, 1);
        Assert.Contains("LengthScale is 0", Assert.Throws<ArgumentException>(() => trainer.Step(new TokenBatch { Inputs = inputs, Targets = targets, LengthScale = 0 })).Message, StringComparison.Ordinal);
    }

    /// <summary>
    /// The step of the published program, in its own numbers: a loss that is a mean over time, clipped at 0.25, at a rate that is multiplied by length/base. Ours has a sum over time: rate/base, clip*base, decay*base.
    /// </summary>
    [Theory]
    [InlineData(4, 5)]
    [InlineData(2, 5)]
    [InlineData(1, 0.002)]
    [InlineData(4, 0.002)]
    public void AScaledStepIsThatOfAMeanLossWithAScaledRate(int steps, double clip)
    {
        const double Rate = 3, Decay = 0.01;
        const int Base = 4;
        var model = new LeakyModel(vocabulary: 40, width: 19);
        double[] before = Array.ConvertAll(model.AllWeights(), value => (double)value);
        using LeakyTrainer trainer = model.CreateTrainer(new Asgd { LearningRate = Rate / Base, ClipNorm = clip * Base, WeightDecay = Decay * Base });
        (int[] inputs, int[] targets) = model.Data(steps, 3, 1);
        trainer.Step(new TokenBatch { Inputs = inputs, Targets = targets, LengthScale = (double)steps / Base });
        double[] mean = [.. model.Parameters.All.SelectMany(parameter => trainer.Gradient(parameter.Name)).Select(g => (double)g / steps)];
        double norm = Math.Sqrt(mean.Sum(g => g * g));
        Assert.Equal(norm, trainer.GradientNorm / steps, 1e-6);
        Assert.NotEqual(clip > norm, clip == 0.002);
        double scale = Math.Min(1, clip / norm);
        double rate = Rate * steps / Base;
        Near.All([.. before.Select((w, i) => w - (rate * ((scale * mean[i]) + (Decay * w))))], model.AllWeights(), 1e-6, "weights");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(31)]
    [InlineData(60)]
    [InlineData(61)]
    public void ARunWithAveragesStoppedAnywhereAndResumedGivesTheSameBits(int stopAfter)
    {
        using var folder = new TemporaryFolder();
        var whole = new Run();
        Assert.Equal(TrainingEnd.Completed, whole.Loop(null).Run());
        Assert.True(whole.Trainer.IsAveraging, "a run that never averages tests little");
        Assert.InRange(whole.Started, 1, 7);

        using var cancel = new CancellationTokenSource();
        var first = new Run();
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
        var second = new Run();
        TrainingLoop<TokenBatch> resumed = second.Loop(new CheckpointWriter(folder["c"]));
        resumed.Resume(CheckpointReader.Open(folder["c"]));
        Assert.Equal(TrainingEnd.Completed, resumed.Run());
        Assert.Equal(whole.Model.AllWeights(), second.Model.AllWeights());
        Assert.Equal(whole.Epochs.TakeLast(second.Epochs.Count), second.Epochs);
        Assert.Equal(whole.Trainer.AveragedUpdates, second.Trainer.AveragedUpdates);
        Assert.Equal(whole.Steps.TakeLast(second.Steps.Count), second.Steps);
    }

    [Fact]
    public void AveragingByValidationNeedsBoth()
    {
        var model = new LeakyModel();
        RandomLengthSource source = new(model.Data(141, 1, 9).Inputs, 3, new RandomLengths { Base = 3, Deviation = 1, Least = 1, Most = 4 });
        using LeakyTrainer sgd = model.CreateTrainer(new Sgd());
        using LeakyTrainer asgd = model.CreateTrainer(new Asgd());
        Assert.Contains("Asgd", Assert.Throws<InvalidOperationException>(() => new TrainingLoop<TokenBatch>(sgd, source) { NonMonotone = 5, Validate = () => default }.Run()).Message, StringComparison.Ordinal);
        Assert.Contains("Validate", Assert.Throws<InvalidOperationException>(() => new TrainingLoop<TokenBatch>(asgd, source) { NonMonotone = 5 }.Run()).Message, StringComparison.Ordinal);
        Assert.Contains("-1", Assert.Throws<InvalidOperationException>(() => new TrainingLoop<TokenBatch>(asgd, source) { NonMonotone = -1, Validate = () => default }.Run()).Message, StringComparison.Ordinal);
    }

    private sealed class Run
    {
        public LeakyModel Model { get; } = new();

        public LeakyTrainer Trainer { get; }

        public List<EpochProgress> Epochs { get; } = [];

        public List<long> Steps { get; } = [];

        /// <summary>The first epoch that averages.</summary>
        public int Started { get; private set; } = -1;

        public Run() => Trainer = Model.CreateTrainer(new Asgd { LearningRate = 0.5, ClipNorm = 1, WeightDecay = 1e-4 });

        public TrainingLoop<TokenBatch> Loop(CheckpointWriter? writer)
        {
            int[] tokens = Model.Data(141, 1, 9).Inputs;
            (int[] inputs, int[] targets) = Model.Data(7, 3, 50);
            RandomLengthSource source = new(tokens, LeakyModel.B, new RandomLengths { Base = 3, Deviation = 1, Least = 1, Most = LeakyModel.T, HalfProbability = 0.2, Seed = 6 });
            var loop = new TrainingLoop<TokenBatch>(Trainer, source)
            {
                Epochs = 8,
                Checkpoints = writer,
                Validate = () => Trainer.Evaluate(inputs, targets, 3),
                NonMonotone = 1,
                CheckpointEverySteps = 7,
            };
            loop.StepCompleted += progress =>
            {
                Assert.Equal(source.BatchesIn(progress.Epoch), progress.BatchesPerEpoch);
                Steps.Add(progress.Step);
                Started = Started < 0 && Trainer.IsAveraging ? progress.Epoch : Started;
            };
            loop.EpochCompleted += Epochs.Add;
            return loop;
        }
    }
}
