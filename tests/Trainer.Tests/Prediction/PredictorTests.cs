using System;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using SdCompiler.Trainer.Tests.Agreement;
using SdCompiler.Trainer.Tests.Harness;
using SdCompiler.Trainer.Tests.Reference;
using SdCompiler.Trainer.Tests.Training;
using Xunit;

namespace SdCompiler.Trainer.Tests.Prediction;

/// <summary>Predictors: the reference's outputs, what evaluation measures, and the same from many threads at once.</summary>
public sealed class PredictorTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public void Outputs_are_those_of_the_reference(int together)
    {
        foreach (ModelSource source in TrainingModels.OneSided)
        {
            HostedModel model = TrainingModels.Compiled.Create(source);
            HostedPredictor predictor = model.CreatePredictor(together);
            foreach (int[]? lengths in (int[]?[])[null, [2, 7, 1, 7, 4]])
            {
                ReferenceWindow window = TestData.Window(source.Spec, 7, 5, seed: 3, lengths);
                ReferenceResult expected = new ReferenceModel(source.Spec).Run(window, model.Values(), NoDropout.Instance);
                double[] actual = Array.ConvertAll(predictor.Predict(window, predictor.CreateState(5)), value => (double)value);
                AgreementCheck.CheckClose(Outputs(source.Spec, expected.Outputs, window), actual, $"{source.Name}, {together} rows together");
            }
        }
    }

    [Fact]
    public void Log_probabilities_of_the_targets_add_up_to_what_evaluation_measures()
    {
        ModelSource source = TrainingModels.Language;
        HostedModel model = TrainingModels.Compiled.Create(source);
        using HostedTrainer trainer = model.CreateTrainer(new Sgd { LearningRate = 1 }, options: new TrainerOptions { Threads = 1 });
        Enumerable.Range(0, 5).ToList().ForEach(step => trainer.Step(TrainingModels.Window(source, step)));
        ReferenceWindow window = TestData.Window(source.Spec, 20, 6, seed: 3);
        HostedPredictor predictor = model.CreatePredictor(4);
        float[] outputs = predictor.Predict(window, predictor.CreateState(6));
        double sum = window.TargetTokens.Select((target, i) => -(double)outputs[(i * predictor.OutputWidth) + target]).Sum();
        double measured = trainer.Evaluate(window).TotalLoss;
        Assert.Equal(measured, sum, 1e-5 * measured);
    }

    [Fact]
    public void A_token_at_a_time_gives_the_bits_of_all_at_once()
    {
        ModelSource source = TrainingModels.Language;
        HostedPredictor predictor = TrainingModels.Compiled.Create(source).CreatePredictor();
        ReferenceWindow window = TestData.Window(source.Spec, 9, 1, seed: 3);
        float[] whole = predictor.Predict(window, predictor.CreateState(1));
        TokenPredictor tokens = (TokenPredictor)predictor.Object;
        LstmState state = tokens.CreateState();
        float[] next = new float[tokens.OutputWidth];
        for (int t = 0; t < window.Steps; t++)
        {
            tokens.Next(state, window.Tokens["Words"].AsSpan(t, 1), next);
            Assert.Equal(whole[(t * next.Length)..((t + 1) * next.Length)], next);
        }
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_bits()
    {
        foreach (ModelSource source in TrainingModels.OneSided)
        {
            HostedPredictor predictor = TrainingModels.Compiled.Create(source).CreatePredictor(2);
            ReferenceWindow window = TestData.Window(source.Spec, 6, 5, seed: 3, [4, 6, 1, 6, 2]);
            Assert.Equal(1, predictor.Threads);
            float[] one = predictor.Predict(window, predictor.CreateState(5));
            foreach (int threads in (int[])[2, 3, 7, 1])
            {
                predictor.Threads = threads;
                Assert.Equal(threads, predictor.Threads);
                Assert.Equal(one, predictor.Predict(window, predictor.CreateState(5)));
            }
        }
    }

    [Fact]
    public void A_wrong_number_of_threads_changes_nothing_and_a_predictor_with_threads_is_collected()
    {
        WeakReference gone = Use();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.False(gone.IsAlive);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference Use()
        {
            ModelSource source = TrainingModels.Language;
            HostedPredictor predictor = TrainingModels.Compiled.Create(source).CreatePredictor();
            predictor.Threads = 3;
            Assert.Contains("Threads", Assert.Throws<ArgumentOutOfRangeException>(() => predictor.Threads = -1).Message, StringComparison.Ordinal);
            Assert.Equal(3, predictor.Threads);
            predictor.Predict(TestData.Window(source.Spec, 2, 1, seed: 3), predictor.CreateState(1));
            return new WeakReference(predictor.Object);
        }
    }

    [Fact]
    public void Many_callers_share_a_predictor_that_has_threads_of_its_own()
    {
        ModelSource source = TrainingModels.Language;
        HostedPredictor predictor = TrainingModels.Compiled.Create(source).CreatePredictor(2);
        ReferenceWindow[] windows = Enumerable.Range(0, 24).Select(seed => TestData.Window(source.Spec, 5, 3, seed)).ToArray();
        float[][] alone = windows.Select(window => predictor.Predict(window, predictor.CreateState(3))).ToArray();
        predictor.Threads = 2;
        float[][] together = new float[windows.Length][];
        Parallel.For(0, windows.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => together[i] = predictor.Predict(windows[i], predictor.CreateState(3)));
        Assert.Equal(alone, together);
    }

    [Fact]
    public void Many_threads_may_use_one_predictor()
    {
        foreach (ModelSource source in TrainingModels.OneSided)
        {
            HostedPredictor predictor = TrainingModels.Compiled.Create(source).CreatePredictor(2);
            ReferenceWindow[] windows = Enumerable.Range(0, 24).Select(seed => TestData.Window(source.Spec, 5, 3, seed)).ToArray();
            float[][] alone = windows.Select(window => predictor.Predict(window, predictor.CreateState(3))).ToArray();
            float[][] together = new float[windows.Length][];
            Parallel.For(0, windows.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => together[i] = predictor.Predict(windows[i], predictor.CreateState(3)));
            Assert.Equal(alone, together);
        }
    }

    /// <summary>The reference's outputs as a predictor gives them: log-probabilities instead of logits, zeros behind a row's end, one vector per row for a classification.</summary>
    private static double[] Outputs(ModelSpec spec, Sequence outputs, ReferenceWindow window)
    {
        bool last = spec.Loss is ClassificationSpec;
        return Enumerable.Range(0, last ? 1 : window.Steps).SelectMany(t => Enumerable.Range(0, window.Rows).SelectMany(row =>
        {
            int step = last ? window.Lengths[row] - 1 : t;
            double[] values = Enumerable.Range(0, outputs.Units).Select(n => window.Has(step, row) ? outputs[step, row, n] : 0).ToArray();
            double logSum = spec.Loss is RegressionSpec || !window.Has(step, row) ? 0 : Math.Log(values.Sum(Math.Exp));
            return values.Select(value => value - logSum);
        })).ToArray();
    }
}
