using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace SdCompiler.Runtime.Tests.Training;

public sealed class PredictorTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 5)]
    [InlineData(8, 5)]
    public void LogProbabilitiesAreTheEvaluationsLosses(int groupRows, int rows)
    {
        const int Steps = 6;
        var model = new LeakyModel();
        using LeakyTrainer trainer = model.CreateTrainer(new Sgd());
        var predictor = new LeakyPredictor(model, groupRows);
        (int[] inputs, int[] targets) = model.Data(Steps, rows, 4);
        int[] lengths = Enumerable.Range(0, rows).Select(r => 1 + ((r * 4) % Steps)).ToArray();
        var batch = new TokenBatch { Inputs = inputs, Targets = targets, Rows = rows, Lengths = lengths };
        LstmState expectedState = trainer.CreateState(rows);
        Evaluation expected = trainer.Evaluate(batch, expectedState);
        LstmState state = predictor.CreateState(rows);
        float[] outputs = new float[Steps * rows * model.Vocabulary];
        outputs.AsSpan().Fill(9);
        predictor.Predict(batch, state, outputs);
        double loss = 0;
        for (int t = 0; t < Steps; t++)
        {
            for (int r = 0; r < rows; r++)
            {
                ReadOnlySpan<float> row = outputs.AsSpan(((t * rows) + r) * model.Vocabulary, model.Vocabulary);
                if (t >= lengths[r])
                {
                    Assert.All(row.ToArray(), value => Assert.Equal(0f, value));
                    continue;
                }

                loss -= row[targets[(t * rows) + r]];
                Assert.Equal(1, row.ToArray().Sum(value => Math.Exp(value)), 1e-5);
            }
        }

        Assert.Equal(expected.TotalLoss, loss, 1e-4);
        for (int r = 0; r < rows; r++)
        {
            Assert.Equal(expectedState.Hidden(0, r).ToArray(), state.Hidden(0, r).ToArray());
        }
    }

    [Fact]
    public void ManyThreadsUseOnePredictor()
    {
        var model = new LeakyModel();
        var predictor = new LeakyPredictor(model, rows: 2);
        float[] expected = Generate(predictor, 0);
        float[][] all = new float[16][];
        Parallel.For(0, all.Length, i => all[i] = Generate(predictor, 0));
        Assert.All(all, actual => Assert.Equal(expected, actual));

        static float[] Generate(LeakyPredictor predictor, int token)
        {
            LstmState state = predictor.CreateState(3);
            float[] outputs = new float[3 * predictor.OutputWidth];
            for (int i = 0; i < 50; i++)
            {
                int next = (token + i) % predictor.OutputWidth;
                predictor.Next(state, [next, 0, next], outputs);
            }

            return outputs;
        }
    }

    [Fact]
    public void PredictionMakesNoPlainRowsAndAllocatesNothingOnceRun()
    {
        var model = new LeakyModel();
        var predictor = new LeakyPredictor(model, rows: 2);
        LstmState state = predictor.CreateState(2);
        float[] outputs = new float[2 * predictor.OutputWidth];
        int[] tokens = [1, 2];
        for (int i = 0; i < 3; i++)
        {
            predictor.Next(state, tokens, outputs);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        predictor.Next(state, tokens, outputs);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.False(model.Weight.HasRows);
    }

    [Fact]
    public void MistakesAreSentences()
    {
        var predictor = new LeakyPredictor(new LeakyModel(), rows: 2);
        LstmState state = predictor.CreateState(2);
        float[] outputs = new float[22];
        Says(() => predictor.Next(state, [1, 11], outputs), "'tokens' has 11 at step 0, row 1; the 11 tokens of the vocabulary are 0 to 10.");
        Says(() => predictor.Next(state, [1], outputs), "room for 22 numbers");
        Says(() => predictor.Next(state, [1, 2, 3], new float[33]), "The state has 2 rows and the batch 3");
        Says(() => predictor.Next(new LeakyPredictor(new LeakyModel(width: 6), 1).CreateState(2), [1, 2], outputs), "other layers");
    }

    [Fact]
    public void ATokenOutsideTheVocabularyIsFoundBeforeTheStateMoves()
    {
        const int Rows = 3;
        var model = new LeakyModel();
        var predictor = new LeakyPredictor(model, rows: 2);
        LstmState state = predictor.CreateState(Rows);
        float[] outputs = new float[Rows * model.Vocabulary];
        predictor.Next(state, [1, 2, 3], outputs);
        float[][] before = Enumerable.Range(0, Rows).Select(row => state.Hidden(0, row).ToArray()).ToArray();
        float[] distribution = (float[])outputs.Clone();
        Says(() => predictor.Next(state, [1, 2, 99], outputs), "'tokens' has 99 at step 0, row 2");
        int[] inputs = [1, 2, 3, 4, 5, 99];
        float[] all = new float[2 * outputs.Length];
        all.AsSpan().Fill(9);
        Says(() => predictor.Predict(new TokenBatch { Inputs = inputs, Rows = Rows, Lengths = new[] { 2, 1, 2 } }, state, all), "'Inputs' has 99 at step 1, row 2");
        Assert.Equal(before, Enumerable.Range(0, Rows).Select(row => state.Hidden(0, row).ToArray()));
        Assert.Equal(distribution, outputs);
        Assert.All(all, value => Assert.Equal(9f, value));
    }

    private static void Says(Action action, string part) => Assert.Contains(part, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);
}
