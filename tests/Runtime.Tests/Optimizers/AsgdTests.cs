using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using SdCompiler.Runtime.Tests.Data;
using SdCompiler.Runtime.Tests.Training;
using Xunit;

namespace SdCompiler.Runtime.Tests.Optimizers;

/// <summary>Averaged gradient descent: what is trained, what is shown, and what a checkpoint holds of both.</summary>
public sealed class AsgdTests
{
    private const int Steps = 9;
    private const int From = 3;

    /// <summary>The weights take the steps of plain gradient descent, bit by bit; what the model shows is their mean since the beginning, also of table rows that a step does not touch.</summary>
    [Fact]
    public void TheModelShowsTheMeanOfWhatGradientDescentWalksThrough()
    {
        List<float[]> walked = Walk(Steps);
        var model = new LeakyModel(vocabulary: 40, width: 19);
        using LeakyTrainer trainer = model.CreateTrainer(Make(From));
        for (int step = 0; step < Steps; step++)
        {
            Assert.Equal(step > From, trainer.IsAveraging);
            Step(model, trainer, step);
            Assert.Equal(Math.Max(0, step + 1 - From), trainer.AveragedUpdates);
            if (step < From)
            {
                Assert.Equal(walked[step], model.AllWeights());
                continue;
            }

            double[] mean = [.. Enumerable.Range(0, walked[0].Length).Select(i => walked.Skip(From).Take(step + 1 - From).Average(weights => (double)weights[i]))];
            Near.All(mean, model.AllWeights(), 1e-6, $"step {step}");
        }
    }

    [Fact]
    public void LookingChangesNothing()
    {
        var quiet = new LeakyModel(vocabulary: 40, width: 19);
        var watched = new LeakyModel(vocabulary: 40, width: 19);
        using LeakyTrainer one = quiet.CreateTrainer(Make(From));
        using LeakyTrainer two = watched.CreateTrainer(Make(From));
        for (int step = 0; step < Steps; step++)
        {
            Step(quiet, one, step);
            Step(watched, two, step);
            watched.AllWeights();
            (int[] inputs, int[] targets) = watched.Data(7, 3, 50);
            two.Evaluate(inputs, targets, 3);
        }

        Assert.Equal(quiet.AllWeights(), watched.AllWeights());
    }

    [Fact]
    public void EvaluationAndSavedModelsUseTheMean()
    {
        using var folder = new TemporaryFolder();
        var model = new LeakyModel(vocabulary: 40, width: 19);
        using LeakyTrainer trainer = model.CreateTrainer(Make(From));
        Enumerable.Range(0, Steps).ToList().ForEach(step => Step(model, trainer, step));
        (int[] inputs, int[] targets) = model.Data(7, 3, 50);
        Evaluation evaluation = trainer.Evaluate(inputs, targets, 3);
        ModelFile.Save(folder["m.safetensors"], model.Parameters);

        var other = new LeakyModel(vocabulary: 40, width: 19, seed: 5);
        ModelFile.Load(folder["m.safetensors"], other.Parameters);
        Assert.Equal(model.AllWeights(), other.AllWeights());
        using LeakyTrainer plain = other.CreateTrainer(new Sgd());
        Assert.Equal(evaluation, plain.Evaluate(inputs, targets, 3));
        Assert.NotEqual(Walk(Steps)[^1], other.AllWeights());
    }

    /// <summary>A checkpoint's weights are the mean, and beside them lie those that training goes on with.</summary>
    [Fact]
    public void ACheckpointHoldsBoth()
    {
        using var folder = new TemporaryFolder();
        List<float[]> walked = Walk(Steps);
        var model = new LeakyModel(vocabulary: 40, width: 19);
        using LeakyTrainer trainer = model.CreateTrainer(Make(From));
        Enumerable.Range(0, Steps).ToList().ForEach(step => Step(model, trainer, step));
        trainer.Save(folder["c"]);
        CheckpointReader checkpoint = CheckpointReader.Open(folder["c"]);
        var shown = new LeakyModel(vocabulary: 40, width: 19);
        ModelFile.Load(checkpoint.WeightsPath, shown.Parameters);
        Assert.Equal(model.AllWeights(), shown.AllWeights());
        using (SafetensorsFile file = SafetensorsFile.Open(Path.Combine(checkpoint.VersionFolder, "optimizer.safetensors")))
        {
            Assert.Equal(walked[^1], model.Parameters.All.SelectMany(parameter => file.Read(parameter.Name + ".raw", ParameterTensors.Shape(parameter))).ToArray());
        }

        // Into a trainer that had already been averaging something else, and one that had not.
        foreach (int before in (int[])[0, Steps])
        {
            var resumed = new LeakyModel(vocabulary: 40, width: 19, seed: 5);
            using LeakyTrainer next = resumed.CreateTrainer(Make(From));
            Enumerable.Range(20, before).ToList().ForEach(step => Step(resumed, next, step));
            next.Load(folder["c"]);
            Assert.Equal(trainer.AveragedUpdates, next.AveragedUpdates);
            Assert.Equal(model.AllWeights(), resumed.AllWeights());
            var again = new LeakyModel(vocabulary: 40, width: 19);
            using LeakyTrainer whole = again.CreateTrainer(Make(From));
            Enumerable.Range(0, Steps + 4).ToList().ForEach(step => Step(again, whole, step));
            Enumerable.Range(Steps, 4).ToList().ForEach(step => Step(resumed, next, step));
            Assert.Equal(again.AllWeights(), resumed.AllWeights());
        }
    }

    /// <summary>Between the beginning and the first update there is one weight to take the mean of.</summary>
    [Fact]
    public void BeforeTheFirstUpdateTheMeanIsTheWeightsThemselves()
    {
        using var folder = new TemporaryFolder();
        var model = new LeakyModel(vocabulary: 40, width: 19);
        using LeakyTrainer trainer = model.CreateTrainer(Make(null));
        Step(model, trainer, 0);
        float[] weights = model.AllWeights();
        trainer.StartAveraging();
        Assert.Equal(weights, model.AllWeights());
        trainer.Save(folder["c"]);
        var resumed = new LeakyModel(vocabulary: 40, width: 19);
        using LeakyTrainer next = resumed.CreateTrainer(Make(null));
        next.Load(folder["c"]);
        Assert.True(next.IsAveraging);
        Assert.Equal(weights, resumed.AllWeights());
        Step(model, trainer, 1);
        Step(resumed, next, 1);
        Assert.Equal(Walk(2)[^1], model.AllWeights());
        Assert.Equal(model.AllWeights(), resumed.AllWeights());
    }

    [Fact]
    public void ACheckpointWithoutMeanEndsAveraging()
    {
        using var folder = new TemporaryFolder();
        var model = new LeakyModel(vocabulary: 40, width: 19);
        using LeakyTrainer trainer = model.CreateTrainer(Make(null));
        Enumerable.Range(0, 4).ToList().ForEach(step => Step(model, trainer, step));
        trainer.Save(folder["c"]);
        trainer.StartAveraging();
        Enumerable.Range(4, 4).ToList().ForEach(step => Step(model, trainer, step));
        Assert.Equal(4, trainer.AveragedUpdates);
        model.AllWeights();
        trainer.Load(folder["c"]);
        Assert.False(trainer.IsAveraging);
        Enumerable.Range(4, 4).ToList().ForEach(step => Step(model, trainer, step));
        Assert.Equal(Walk(8)[^1], model.AllWeights());
    }

    /// <summary>Weights from outside are the weights from then on; their plain rows too.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void SettingWeightsEndsAveraging(bool whole)
    {
        using var folder = new TemporaryFolder();
        var model = new LeakyModel(vocabulary: 40, width: 19);
        using LeakyTrainer trainer = model.CreateTrainer(Make(null), new TrainerOptions { Threads = 1, CarryState = false });
        trainer.StartAveraging();
        Enumerable.Range(0, 4).ToList().ForEach(step => Step(model, trainer, step));
        if (whole)
        {
            ModelFile.Save(folder["m.safetensors"], model.Parameters);
            ModelFile.Load(folder["m.safetensors"], model.Parameters);
        }
        else
        {
            model.Bias.ReadFrom(new float[model.Bias.Count]);
        }

        float[] set = model.AllWeights();
        var other = new LeakyModel(vocabulary: 40, width: 19);
        Copy(set, other);
        using LeakyTrainer plain = other.CreateTrainer(new Sgd { LearningRate = 0.3, ClipNorm = 0.5, WeightDecay = 0.01 }, new TrainerOptions { Threads = 1, CarryState = false });
        foreach (int step in (int[])[4, 5])
        {
            (int[] inputs, int[] targets) = model.Data(4, 3, step);
            double loss = trainer.Step(inputs, targets);
            Assert.False(trainer.IsAveraging);
            plain.Core.StepCount = step;
            Assert.Equal(plain.Step(inputs, targets), loss);
        }

        Assert.Equal(other.AllWeights(), model.AllWeights());
    }

    [Fact]
    public void OnlyAsgdAverages()
    {
        var model = new LeakyModel();
        using LeakyTrainer trainer = model.CreateTrainer(new Sgd());
        Assert.Contains("does not average weights", Assert.Throws<InvalidOperationException>(trainer.StartAveraging).Message, StringComparison.Ordinal);
        Assert.False(trainer.IsAveraging);
        Assert.Contains("AverageFrom is -1", Assert.Throws<InvalidOperationException>(() => model.CreateTrainer(new Asgd { AverageFrom = -1 })).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "9 8 7 6 5")]           // four epochs before it, none is old enough
    [InlineData(false, "6 9 9 9 9 9 5.5")]     // better than the first
    [InlineData(true, "6 9 9 9 9 9 6.5")]      // worse than the first
    [InlineData(false, "6 9 9 9 9 9 6")]       // as good as the first
    [InlineData(true, "9 6 9 9 9 9 9 7")]
    [InlineData(false, "9 8 6 9 9 9 9 7")]     // the best is among the last five
    [InlineData(false, "6 9 9 9 9 9 NaN")]
    public void TheTriggerIsThatOfAwd(bool reached, string epochs)
    {
        double[] figures = [.. epochs.Split(' ').Select(figure => double.Parse(figure, System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal(reached, NonMonotoneTrigger.IsReached(figures[..^1], figures[^1], 5));
    }

    private static Asgd Make(long? from) => new() { LearningRate = 0.3, ClipNorm = 0.5, WeightDecay = 0.01, AverageFrom = from };

    private static void Step(LeakyModel model, LeakyTrainer trainer, int step)
    {
        (int[] inputs, int[] targets) = model.Data(4, 3, step);
        trainer.Step(inputs, targets);
        Assert.True(trainer.LastStepApplied);
    }

    /// <summary>The weights after each step of plain gradient descent.</summary>
    private static List<float[]> Walk(int steps)
    {
        var model = new LeakyModel(vocabulary: 40, width: 19);
        using LeakyTrainer trainer = model.CreateTrainer(new Sgd { LearningRate = 0.3, ClipNorm = 0.5, WeightDecay = 0.01 });
        var walked = new List<float[]>();
        for (int step = 0; step < steps; step++)
        {
            Step(model, trainer, step);
            walked.Add(model.AllWeights());
        }

        return walked;
    }

    private static void Copy(float[] weights, LeakyModel to)
    {
        int at = 0;
        foreach (Parameter parameter in to.Parameters.All)
        {
            parameter.ReadFrom(weights.AsSpan(at, (int)parameter.Count));
            at += (int)parameter.Count;
        }
    }
}
