using System;
using System.Linq;
using Xunit;

namespace SdCompiler.Runtime.Tests.Training;

public sealed class EvaluationTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 4)]
    [InlineData(7, 10)]
    [InlineData(2, 9)]
    public void AnyNumberOfRowsAndStepsIsTheReference(int rows, int steps)
    {
        var model = new LeakyModel();
        using LeakyTrainer trainer = model.CreateTrainer(new Sgd());
        (int[] inputs, int[] targets) = model.Data(steps, rows, rows);
        targets[0] = -1;
        int[] lengths = Enumerable.Range(0, rows).Select(r => 1 + ((r * 5) % steps)).ToArray();
        LstmState state = trainer.CreateState(rows);
        Evaluation all = trainer.Evaluate(inputs, targets, rows);
        Evaluation ragged = trainer.Evaluate(new TokenBatch { Inputs = inputs, Targets = targets, Rows = rows, Lengths = lengths }, state);
        Check(all, Enumerable.Repeat(steps, rows).ToArray(), null);
        Check(ragged, lengths, state);
        Assert.All(trainer.State.Hidden(0, 0).ToArray(), value => Assert.Equal(0f, value));
        Assert.Equal(0, trainer.StepCount);

        void Check(Evaluation actual, int[] ends, LstmState? after)
        {
            var reference = new LeakyReference(model);
            double loss = 0;
            long count = 0;
            for (int r = 0; r < rows; r++)
            {
                var h = new double[model.Width];
                int[] row = targets.Where((_, i) => i % rows == r).Take(ends[r]).ToArray();
                loss += reference.Row(inputs.Where((_, i) => i % rows == r).Take(ends[r]).ToArray(), row, h, new double[model.Width]);
                count += row.Count(target => target >= 0);
                if (after is not null)
                {
                    Near.All(h, after.Hidden(0, r), 1e-6, "h");
                }
            }

            Assert.Equal(loss, actual.TotalLoss, 1e-4);
            Assert.Equal(count, actual.Targets);
            Assert.Equal(reference.Correct, actual.Correct);
        }
    }

    [Fact]
    public void AStateGoesFromCallToCall()
    {
        var model = new LeakyModel();
        using LeakyTrainer trainer = model.CreateTrainer(new Sgd());
        (int[] inputs, int[] targets) = model.Data(10, 2, 1);
        Evaluation whole = trainer.Evaluate(inputs, targets, 2);
        LstmState state = trainer.CreateState(2);
        Evaluation parts = trainer.Evaluate(inputs.AsSpan(0, 6), targets.AsSpan(0, 6), 2, state) + trainer.Evaluate(inputs.AsSpan(6), targets.AsSpan(6), 2, state);
        Assert.Equal(whole.TotalLoss, parts.TotalLoss, 1e-9);
        Assert.Equal(whole.Perplexity, Math.Exp(whole.TotalLoss / 20), 1e-12);
    }

    [Fact]
    public void MistakesAreSentencesThatNamePlaceAndValue()
    {
        var model = new LeakyModel();
        using LeakyTrainer trainer = model.CreateTrainer(new Sgd());
        (int[] inputs, int[] targets) = model.Data(4, 3, 1);
        inputs[7] = 11;
        Says(() => trainer.Step(inputs, targets), "'inputs' has 11 at step 2, row 1; the 11 tokens of the vocabulary are 0 to 10.");
        inputs[7] = 0;
        targets[4] = -5;
        Says(() => trainer.Step(inputs, targets), "'targets' has -5 at step 1, row 1; the 11 classes are 0 to 10, and -1 is ignored.");
        targets[4] = 0;
        Says(() => trainer.Step(inputs, targets.AsSpan(1)), "'targets' has 11 values; 4 steps of 3 rows are 12.");
        Says(() => trainer.Step(inputs, targets, 4), "The batch has 4 rows and the model is compiled for steps of up to 3");
        Says(() => trainer.Step(inputs, targets, 2), "The batch has 6 steps and the model is compiled for windows of up to 4");
        Says(() => trainer.Step(inputs.AsSpan(1), targets.AsSpan(1)), "There are 11 tokens for 3 rows");
        Says(() => trainer.Step(new TokenBatch { Inputs = inputs, Targets = targets, Lengths = new[] { 1, 2 } }), "3 rows but 2 lengths");
        Says(() => trainer.Step(new TokenBatch { Inputs = inputs, Targets = targets, Lengths = new[] { 1, 2, 0 } }), "Row 2 has length 0");
        Says(() => trainer.Evaluate(inputs, targets, 3, trainer.CreateState(2)), "The state has 2 rows and the batch 3");
        Assert.Equal(0, trainer.StepCount);
        trainer.Optimizer.LearningRate = double.NaN;
        Says(() => trainer.Step(inputs, targets), "LearningRate is NaN");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ATokenOutsideTheVocabularyIsFoundBeforeTheStateMoves(bool inTargets)
    {
        const int Steps = 2 * LeakyModel.T;
        const int Rows = LeakyModel.B + 1;
        var model = new LeakyModel();
        using LeakyTrainer trainer = model.CreateTrainer(new Sgd());
        (int[] inputs, int[] targets) = model.Data(Steps, Rows, 1);
        LstmState state = trainer.CreateState(Rows);
        trainer.Evaluate(inputs, targets, Rows, state);
        float[][] before = Enumerable.Range(0, Rows).Select(row => state.Hidden(0, row).ToArray()).ToArray();

        // The last step of the last row: in the last window of the last group.
        (inTargets ? targets : inputs)[^1] = 99;
        Says(() => trainer.Evaluate(inputs, targets, Rows, state), $"has 99 at step {Steps - 1}, row {Rows - 1}");
        Assert.Equal(before, Enumerable.Range(0, Rows).Select(row => state.Hidden(0, row).ToArray()));

        // Behind a row's length anything may stand.
        int[] lengths = Enumerable.Repeat(Steps, Rows - 1).Append(Steps - 1).ToArray();
        trainer.Evaluate(new TokenBatch { Inputs = inputs, Targets = targets, Rows = Rows, Lengths = lengths }, state);
    }

    [Fact]
    public void ATrainerThatIsDisposedOfSaysThatItIsTheTrainer()
    {
        var model = new LeakyModel();
        LeakyTrainer trainer = model.CreateTrainer(new Sgd());
        (int[] inputs, int[] targets) = model.Data(4, 3, 1);
        var batch = new TokenBatch { Inputs = inputs, Targets = targets };
        trainer.Dispose();
        Assert.All(
            new Action[] { () => trainer.Step(inputs, targets), () => trainer.Step(batch), () => trainer.Evaluate(inputs, targets, 3), () => trainer.Evaluate(batch) },
            use => Assert.Equal(typeof(LeakyTrainer).FullName, Assert.Throws<ObjectDisposedException>(use).ObjectName));
    }

    private static void Says(Action action, string part) => Assert.Contains(part, Assert.ThrowsAny<Exception>(action).Message, StringComparison.Ordinal);
}
