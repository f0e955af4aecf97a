using System;
using System.Collections.Generic;
using System.Linq;
using SdCompiler.Trainer.Tests.Agreement;
using SdCompiler.Trainer.Tests.Harness;
using SdCompiler.Trainer.Tests.Reference;
using SdCompiler.Trainer.Tests.Training;
using Xunit;

namespace SdCompiler.Trainer.Tests.Prediction;

/// <summary>Evaluation takes any size, drops nothing, and changes nothing of the trainer.</summary>
public sealed class EvaluationTests
{
    private static readonly TrainerOptions One = new() { Threads = 1 };

    [Fact]
    public void More_rows_and_steps_than_the_model_was_compiled_for_give_the_reference_loss()
    {
        foreach (ModelSource source in TrainingModels.OneSided)
        {
            HostedModel model = TrainingModels.Compiled.Create(source);
            using HostedTrainer trainer = model.CreateTrainer(options: One);
            int rows = (2 * source.BatchSize) + 1;
            foreach (int steps in (int[])[1, source.TimeSteps, (3 * source.TimeSteps) + 2])
            {
                int[] lengths = Enumerable.Range(0, rows).Select(row => row == 3 ? steps : 1 + ((row * 5) % steps)).ToArray();
                foreach (IReadOnlyList<int>? each in (int[]?[])[null, lengths])
                {
                    ReferenceWindow window = TestData.Window(source.Spec, steps, rows, seed: 5, each);
                    double expected = rows * new ReferenceModel(source.Spec).Loss(window, model.Values(), NoDropout.Instance);
                    AgreementCheck.CheckClose([expected], [trainer.Evaluate(window).TotalLoss], $"{source.Name}, {steps} steps");
                }
            }
        }
    }

    [Fact]
    public void A_whole_window_equals_its_steps_one_by_one()
    {
        foreach (ModelSource source in TrainingModels.OneSided.Where(source => source.Spec.Loss is not ClassificationSpec))
        {
            using HostedTrainer trainer = TrainingModels.Compiled.Create(source).CreateTrainer(options: One);
            const int Rows = 5;
            const int Steps = 9;
            ReferenceWindow window = TestData.Window(source.Spec, Steps, Rows, seed: 5);
            LstmState whole = trainer.Trainer.CreateState(Rows);
            Evaluation once = trainer.Evaluate(window, whole);
            LstmState carried = trainer.Trainer.CreateState(Rows);
            Evaluation sum = Enumerable.Range(0, Steps).Select(t => trainer.Evaluate(Cut(window, t, Rows), carried)).Aggregate((a, b) => a + b);
            Assert.Equal(once.Targets, sum.Targets);
            Assert.Equal(once.TotalLoss, sum.TotalLoss, 1e-5 * once.TotalLoss);
            for (int row = 0; row < Rows; row++)
            {
                Assert.Equal(whole.Hidden(0, row).ToArray(), carried.Hidden(0, row).ToArray(), (a, b) => System.Math.Abs(a - b) < 1e-6);
            }
        }
    }

    [Fact]
    public void Evaluating_between_steps_changes_nothing()
    {
        foreach (ModelSource source in TrainingModels.OneSided)
        {
            int[][] bits = new[] { false, true }.Select(evaluates =>
            {
                HostedModel model = TrainingModels.Compiled.Create(source);
                using HostedTrainer trainer = model.CreateTrainer(new Adam { LearningRate = 0.01 }, options: One);
                for (int step = 0; step < 6; step++)
                {
                    trainer.Step(TrainingModels.Window(source, step));
                    if (evaluates)
                    {
                        trainer.Evaluate(TestData.Window(source.Spec, 11, 7, seed: step));
                    }
                }

                return model.Bits();
            }).ToArray();
            Assert.Equal(bits[0], bits[1]);
        }
    }

    [Theory]
    [InlineData(-7)]
    [InlineData(0)]
    [InlineData(8)]
    public void Ignored_targets_do_not_count(int ignored)
    {
        ModelSource source = new("Model", new ModelSpec(new EmbeddingSpec("Words", 9, 6), new LstmSpec("Memory", 5), new SoftmaxSpec("Next", 9) { IgnoreIndex = ignored }));
        using CompiledModels models = CompiledModels.Compile(source);
        using HostedTrainer trainer = models.Create(source).CreateTrainer(options: One);
        ReferenceWindow window = TestData.Window(source.Spec, 6, 4, seed: 1);
        HostedPredictor predictor = models.Create(source).CreatePredictor();
        float[] outputs = predictor.Predict(window, predictor.CreateState(4));
        int[] best = outputs.Chunk(9).Select(row => row.AsSpan().IndexOf(row.Max())).ToArray();
        Check(trainer, window, best);

        // What the model finds most probable, wherever it is a target: an ignored class is not a hit.
        Check(trainer, window with { TargetTokens = best.Select((target, i) => i % 3 == 0 ? ignored : target).ToArray() }, best);

        void Check(HostedTrainer trainer, ReferenceWindow window, int[] best)
        {
            Evaluation counted = trainer.Evaluate(window);
            Assert.Equal(window.TargetTokens.Count(target => target != ignored), counted.Targets);
            Assert.Equal(window.TargetTokens.Where((target, i) => target != ignored && target == best[i]).Count(), counted.Correct);
        }
    }

    private static ReferenceWindow Cut(ReferenceWindow window, int t, int rows) => new(1, rows)
    {
        Tokens = window.Tokens.ToDictionary(pair => pair.Key, pair => Slice(pair.Value, t, window.Steps)),
        Series = window.Series.ToDictionary(pair => pair.Key, pair => Slice(pair.Value, t, window.Steps)),
        TargetTokens = Slice(window.TargetTokens, t, window.Steps),
        TargetSeries = Slice(window.TargetSeries, t, window.Steps),
    };

    private static T[] Slice<T>(T[] values, int t, int steps) => values.Skip(t * (values.Length / steps)).Take(values.Length / steps).ToArray();
}
