using System;
using System.Linq;
using Xunit;

namespace SdCompiler.Runtime.Tests.Training;

public sealed class StepTests
{
    [Theory]
    [InlineData(4, 3)]
    [InlineData(4, 2)]
    [InlineData(1, 1)]
    public void LossAndGradientsAreTheReferences(int steps, int rows)
    {
        var model = new LeakyModel();
        using LeakyTrainer trainer = model.CreateTrainer(new Sgd { LearningRate = 0 });
        var state = new double[rows][];
        for (int window = 0; window < 3; window++)
        {
            (int[] inputs, int[] targets) = model.Data(steps, rows, window);
            double loss = trainer.Step(inputs, targets, rows);
            var reference = new LeakyReference(model);
            double expected = 0;
            for (int r = 0; r < rows; r++)
            {
                state[r] ??= new double[model.Width];
                expected += reference.Row(Column(inputs, rows, r), Column(targets, rows, r), state[r], new double[model.Width], Mask(trainer), 1.0 / rows);
                Near.All(state[r], trainer.State.Hidden(0, r), 1e-6, "h");
            }

            Assert.Equal(expected / rows, loss, 1e-5);
            CheckGradients(reference, trainer);
        }
    }

    [Fact]
    public void RowsOfAnyLengthComeBackInTheCallersOrder()
    {
        var model = new LeakyModel();
        using LeakyTrainer trainer = model.CreateTrainer(new Sgd { LearningRate = 0 });
        int[] lengths = [2, 4, 1];
        (int[] inputs, int[] targets) = model.Data(4, 3, 1);
        double loss = trainer.Step(new TokenBatch { Inputs = inputs, Targets = targets, Rows = 3, Lengths = lengths });
        var reference = new LeakyReference(model);
        double expected = 0;
        for (int r = 0; r < 3; r++)
        {
            var h = new double[model.Width];
            var c = new double[model.Width];
            expected += reference.Row(Column(inputs, 3, r).AsSpan(0, lengths[r]), Column(targets, 3, r), h, c, Mask(trainer), 1.0 / 3);
            Near.All(h, trainer.State.Hidden(0, r), 1e-6, "h");
            Near.All(c, trainer.State.Cell(0, r), 1e-6, "c");
        }

        Assert.Equal(expected / 3, loss, 1e-5);
        CheckGradients(reference, trainer);
    }

    [Fact]
    public void IgnoredTargetsHaveNoLossAndNoGradient()
    {
        var model = new LeakyModel();
        using LeakyTrainer trainer = model.CreateTrainer(new Sgd { LearningRate = 0 }, drop: 0);
        (int[] inputs, int[] targets) = model.Data(4, 3, 2);
        targets[5] = -1;
        targets[0] = -1;
        double loss = trainer.Step(inputs, targets);
        Assert.Equal(10, trainer.LastTargets);
        var reference = new LeakyReference(model);
        double expected = 0;
        for (int r = 0; r < 3; r++)
        {
            expected += reference.Row(Column(inputs, 3, r), Column(targets, 3, r), new double[model.Width], new double[model.Width], null, 1.0 / 3);
        }

        Assert.Equal(expected / 3, loss, 1e-5);
        Assert.Equal(expected, trainer.LastTotalLoss, 1e-5);
        CheckGradients(reference, trainer);
    }

    [Fact]
    public void TheFiguresOfTheLastStepStayThroughAnEvaluation()
    {
        var model = new LeakyModel();
        using LeakyTrainer trainer = model.CreateTrainer(new Sgd());
        (int[] inputs, int[] targets) = model.Data(4, 3, 2);
        trainer.Step(inputs, targets);
        double total = trainer.LastTotalLoss;
        trainer.Evaluate(inputs.AsSpan(0, 2), targets.AsSpan(0, 2), rows: 1);
        Assert.Equal(total, trainer.LastTotalLoss);
        Assert.Equal(12, trainer.LastTargets);
    }

    [Theory]
    [InlineData("sgd")]
    [InlineData("momentum")]
    [InlineData("adam")]
    public void AnyNumberOfThreadsGivesTheSameBits(string optimizer)
    {
        float[] expected = Train(1);
        Assert.Equal(expected, Train(2));
        Assert.Equal(expected, Train(3));

        float[] Train(int threads)
        {
            var model = new LeakyModel(vocabulary: 70, width: 37);
            using LeakyTrainer trainer = model.CreateTrainer(Make(optimizer), new TrainerOptions { Threads = threads });
            for (int step = 0; step < 8; step++)
            {
                (int[] inputs, int[] targets) = model.Data(4, 3, step);
                trainer.Step(inputs, targets);
            }

            return model.AllWeights();
        }
    }

    [Fact]
    public void AStepAllocatesNothing()
    {
        var model = new LeakyModel(vocabulary: 70, width: 37);
        using LeakyTrainer trainer = model.CreateTrainer(new Adam { ClipNorm = 1, WeightDecay = 0.01 }, new TrainerOptions { Threads = 2 });
        (int[] inputs, int[] targets) = model.Data(4, 3, 1);
        var batch = new TokenBatch { Inputs = inputs, Targets = targets, Lengths = new[] { 3, 4, 2 } };
        for (int i = 0; i < 3; i++)
        {
            trainer.Step(inputs, targets);
            trainer.Step(batch);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 20; i++)
        {
            trainer.Step(inputs, targets);
            trainer.Step(batch);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AStepThatIsNotFiniteChangesNothingAndIsCounted(bool inGradientOnly)
    {
        var model = new LeakyModel();
        using LeakyTrainer trainer = model.CreateTrainer(new Adam());
        Assert.Contains("before the first step", Assert.Throws<InvalidOperationException>(() => trainer.Gradient("Out.weight")).Message, StringComparison.Ordinal);
        (int[] inputs, int[] targets) = model.Data(4, 3, 1);
        trainer.Step(inputs, targets);
        float[] table = new float[model.Table.Count];
        model.Table.WriteTo(table);
        float kept = table[0];
        table[0] = inGradientOnly ? kept : float.PositiveInfinity;
        model.Table.ReadFrom(table);
        inputs[0] = 0;
        trainer.Body.PoisonGradient = inGradientOnly;
        float[] weights = model.AllWeights();
        float[] hidden = trainer.State.Hidden(0, 1).ToArray();
        double loss = trainer.Step(inputs, targets);

        Assert.Equal(inGradientOnly, double.IsFinite(loss));
        Assert.False(trainer.LastStepApplied);
        Assert.Equal(1, trainer.SkippedSteps);
        Assert.Equal(2, trainer.StepCount);
        Assert.Equal(weights, model.AllWeights());
        Assert.Equal(hidden, trainer.State.Hidden(0, 1).ToArray());
        if (inGradientOnly)
        {
            Assert.Contains(trainer.Gradient("Out.weight"), float.IsNaN);
        }
        else
        {
            Assert.Contains("its loss was not finite", Assert.Throws<InvalidOperationException>(() => trainer.Gradient("Out.weight")).Message, StringComparison.Ordinal);
        }

        table[0] = kept;
        model.Table.ReadFrom(table);
        trainer.Body.PoisonGradient = false;
        Assert.True(double.IsFinite(trainer.Step(inputs, targets)));
        Assert.True(trainer.LastStepApplied);
        Assert.Equal(2, trainer.Core.OptimizerState.Updates);
    }

    [Fact]
    public void WithoutCarriedStateEveryStepStartsAtZero()
    {
        var model = new LeakyModel();
        using LeakyTrainer trainer = model.CreateTrainer(new Sgd { LearningRate = 0 }, new TrainerOptions { Threads = 1, CarryState = false }, drop: 0);
        (int[] inputs, int[] targets) = model.Data(4, 3, 1);
        double first = trainer.Step(inputs, targets);
        Assert.Equal(first, trainer.Step(inputs, targets));
        Assert.All(trainer.State.Hidden(0, 0).ToArray(), value => Assert.Equal(0f, value));
    }

    [Fact]
    public void ClippingShortensTheWholeGradient()
    {
        var model = new LeakyModel();
        (int[] inputs, int[] targets) = model.Data(4, 3, 1);
        float[] before = model.AllWeights();
        using LeakyTrainer trainer = model.CreateTrainer(new Sgd { LearningRate = 1, ClipNorm = 0.01 });
        trainer.Step(inputs, targets);
        Assert.True(trainer.GradientNorm > 0.01);
        double moved = Math.Sqrt(before.Zip(model.AllWeights(), (a, b) => (double)(a - b) * (a - b)).Sum());
        Assert.Equal(0.01, moved, 1e-5);
    }

    internal static Optimizer Make(string name) => name switch
    {
        "sgd" => new Sgd { LearningRate = 0.5, ClipNorm = 1 },
        "momentum" => new Sgd { LearningRate = 0.1, Momentum = 0.9, WeightDecay = 0.01 },
        "nesterov" => new Sgd { LearningRate = 0.1, Momentum = 0.9, Nesterov = true },
        "decay" => new Sgd { LearningRate = 0.1, WeightDecay = 0.1 },
        "adam" => new Adam { LearningRate = 0.05, ClipNorm = 0.5, WeightDecay = 0.01 },
        "adamw" => new AdamW { LearningRate = 0.05, WeightDecay = 0.1 },
        _ => throw new ArgumentException(name),
    };

    private static Func<int, int, double> Mask(LeakyTrainer trainer) => (t, k) => trainer.Masks.Multiplier(0, t, k, 0);

    private static int[] Column(int[] values, int rows, int row) => values.Where((_, i) => i % rows == row).ToArray();

    private static void CheckGradients(LeakyReference reference, LeakyTrainer trainer)
    {
        Near.All(reference.TableGradient, trainer.Gradient("Words.weight"), 1e-5, "table");
        Near.All(reference.WeightGradient, trainer.Gradient("Out.weight"), 1e-5, "weight");
        Near.All(reference.BiasGradient, trainer.Gradient("Out.bias"), 1e-5, "bias");
        double norm = Math.Sqrt(new[] { reference.TableGradient, reference.WeightGradient, reference.BiasGradient }.SelectMany(g => g).Sum(g => g * g));
        Assert.Equal(norm, trainer.GradientNorm, 1e-5);
    }
}
