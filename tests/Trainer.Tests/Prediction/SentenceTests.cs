using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using SdCompiler.Trainer.Tests.Agreement;
using SdCompiler.Trainer.Tests.Harness;
using SdCompiler.Trainer.Tests.Reference;
using SdCompiler.Trainer.Tests.Training;
using Xunit;

namespace SdCompiler.Trainer.Tests.Prediction;

/// <summary>Models whose rows are whole sentences: never cut, the same alone as in a batch, of any length in a predictor.</summary>
public sealed class SentenceTests
{
    private static readonly TrainerOptions One = new() { Threads = 1 };

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public void Outputs_are_those_of_the_reference(int together)
    {
        foreach (ModelSource source in TrainingModels.Sentences)
        {
            HostedModel model = TrainingModels.Compiled.Create(source);
            HostedPredictor predictor = model.CreatePredictor(together);
            // Longer than the model is compiled for, then short again, then longer still: buffers grow, and hold nothing of before.
            foreach ((int steps, int[]? lengths) in ((int, int[]?)[])[(7, null), (90, [33, 90, 1, 90, 4]), (7, [2, 7, 1, 7, 4]), (1, null), (130, [130, 1, 129, 64, 65])])
            {
                ReferenceWindow window = TestData.Window(source.Spec, steps, 5, seed: 3, lengths);
                ReferenceResult expected = new ReferenceModel(source.Spec).Run(window, model.Values(), NoDropout.Instance);
                double[] actual = Array.ConvertAll(predictor.Predict(window), value => (double)value);
                AgreementCheck.CheckClose(PredictorTests.Outputs(source.Spec, expected.Outputs, window), actual, $"{source.Name}, {together} rows together, {steps} steps");
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Sentences_of_mixed_lengths_give_the_bits_of_each_alone(int together)
    {
        int[] lengths = [9, 2, 40, 9, 1, 17, 3];
        foreach (ModelSource source in TrainingModels.Sentences)
        {
            HostedModel model = TrainingModels.Compiled.Create(source);
            HostedPredictor predictor = model.CreatePredictor(together);
            ReferenceWindow window = TestData.Window(source.Spec, 40, lengths.Length, seed: 3, lengths);
            float[] whole = predictor.Predict(window);
            int width = predictor.OutputWidth;
            bool perStep = source.Spec.Loss is not ClassificationSpec;
            for (int row = 0; row < lengths.Length; row++)
            {
                int r = row;
                float[] alone = model.CreatePredictor().Predict(Row(window, row));
                float[] among = Enumerable.Range(0, perStep ? lengths[row] : 1)
                    .SelectMany(t => whole.Skip(((t * lengths.Length) + r) * width).Take(width)).ToArray();
                Assert.Equal(alone, among);
            }
        }
    }

    [Fact]
    public void Wide_layers_give_a_sentence_the_same_results_in_any_company_within_rounding()
    {
        // Beyond 128 rows of weights, how many rows of a batch run decides how a sum is cut.
        ModelSource source = new("Model", new ModelSpec(
            new EmbeddingSpec("Words", 40, 200), new LstmSpec("Context", 170) { Direction = Direction.Both }, new SoftmaxSpec("Tags", 9)));
        using CompiledModels models = CompiledModels.Compile(source);
        HostedModel model = models.Create(source);
        model.Set(TestData.Parameters(source.Spec, seed: 3, range: 0.1));
        int[] lengths = [30, 2, 9, 30, 1, 17, 3];
        ReferenceWindow window = TestData.Window(source.Spec, 30, lengths.Length, seed: 3, lengths);
        float[] whole = model.CreatePredictor(7).Predict(window);
        for (int row = 0; row < lengths.Length; row++)
        {
            float[] alone = model.CreatePredictor().Predict(Row(window, row));
            for (int i = 0; i < alone.Length; i++)
            {
                Assert.Equal(alone[i], whole[(((i / 9 * lengths.Length) + row) * 9) + (i % 9)], 1e-5f);
            }
        }
    }

    [Fact]
    public void What_the_predictor_says_adds_up_to_what_evaluation_measures()
    {
        ModelSource source = TrainingModels.BothDirections;
        HostedModel model = TrainingModels.Compiled.Create(source);
        using HostedTrainer trainer = model.CreateTrainer(new Sgd { LearningRate = 1 }, options: One);
        Enumerable.Range(0, 5).ToList().ForEach(step => trainer.Step(TrainingModels.Window(source, step)));
        int[] lengths = [6, 1, 4, 6, 2, 3, 5, 6, 1];
        ReferenceWindow window = TestData.Window(source.Spec, 6, lengths.Length, seed: 3, lengths);
        HostedPredictor predictor = model.CreatePredictor(4);
        float[] outputs = predictor.Predict(window);
        int[] counted = Enumerable.Range(0, window.TargetTokens.Length)
            .Where(i => window.Has(i / lengths.Length, i % lengths.Length) && window.TargetTokens[i] != -100).ToArray();
        double sum = counted.Sum(i => -(double)outputs[(i * predictor.OutputWidth) + window.TargetTokens[i]]);
        Evaluation measured = trainer.Evaluate(window);
        Assert.Equal(counted.Length, measured.Targets);
        Assert.Equal(measured.TotalLoss, sum, 1e-5 * measured.TotalLoss);
        int[] best = outputs.Chunk(predictor.OutputWidth).Select(row => row.AsSpan().IndexOf(row.Max())).ToArray();
        Assert.Equal(counted.Count(i => window.TargetTokens[i] == best[i]), measured.Correct);
    }

    [Fact]
    public void Evaluation_takes_any_number_of_sentences_and_leaves_no_trace()
    {
        foreach (ModelSource source in TrainingModels.Sentences)
        {
            HostedModel model = TrainingModels.Compiled.Create(source);
            using HostedTrainer trainer = model.CreateTrainer(options: One);
            int rows = (2 * source.BatchSize) + 1;
            foreach (int steps in (int[])[1, source.TimeSteps, 3, source.TimeSteps - 1])
            {
                ReferenceWindow window = TestData.Window(source.Spec, steps, rows, seed: steps, Enumerable.Range(0, rows).Select(row => row == 3 ? steps : 1 + ((row * 5) % steps)).ToArray());
                double expected = rows * new ReferenceModel(source.Spec).Loss(window, model.Values(), NoDropout.Instance);
                AgreementCheck.CheckClose([expected], [trainer.Evaluate(window).TotalLoss], $"{source.Name}, {steps} steps");
                Assert.Equal(trainer.Evaluate(window), trainer.Evaluate(window));
            }
        }
    }

    [Fact]
    public void A_sentence_that_is_too_long_is_refused_and_never_cut()
    {
        ModelSource source = TrainingModels.BothDirections;
        HostedModel model = TrainingModels.Compiled.Create(source);
        using HostedTrainer trainer = model.CreateTrainer(new Sgd { LearningRate = 1 }, options: One);
        int[] before = model.Bits();
        ReferenceWindow window = TestData.Window(source.Spec, 8, 3, seed: 1, [2, 7, 3]);
        const string Message = "The batch has a sentence of 7 steps and the model is compiled for up to 6; each row is one whole sentence and is never cut: raise TimeSteps on the model, split the sentence, or use the predictor, which takes any length.";
        Assert.Equal(Message, Assert.Throws<ArgumentException>(() => trainer.Step(window)).Message);
        Assert.Equal(Message, Assert.Throws<ArgumentException>(() => trainer.Evaluate(window)).Message);
        Assert.Contains("a sentence of 8 steps", Assert.Throws<ArgumentException>(() => trainer.Step(TestData.Window(source.Spec, 8, 3, seed: 1))).Message, StringComparison.Ordinal);
        Assert.Equal(before, model.Bits());
        Assert.Equal(0, trainer.Trainer.StepCount);

        // Arrays with room behind every sentence are no long sentences.
        trainer.Step(window with { Lengths = [2, 6, 3] });
        trainer.Evaluate(window with { Lengths = [2, 6, 3] });
    }

    [Fact]
    public void Nothing_goes_from_one_batch_to_the_next()
    {
        foreach (bool carry in (bool[])[true, false])
        {
            using HostedTrainer trainer = TrainingModels.Compiled.Create(TrainingModels.BothDirections).CreateTrainer(variant: "Structured", options: new TrainerOptions { Threads = 1, CarryState = carry });
            Assert.False(trainer.Trainer.CarriesState);
            Assert.Equal(0, trainer.Trainer.State.LayerCount);
            ReferenceWindow window = TestData.Window(TrainingModels.BothDirections.Spec, 6, 4, seed: 1);
            Evaluation first = trainer.Evaluate(window);
            trainer.Step(TestData.Window(TrainingModels.BothDirections.Spec, 5, 4, seed: 2));
            Assert.Equal(first, trainer.Evaluate(window));
        }
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_bits()
    {
        foreach (ModelSource source in TrainingModels.Sentences)
        {
            HostedPredictor predictor = TrainingModels.Compiled.Create(source).CreatePredictor(2);
            ReferenceWindow window = TestData.Window(source.Spec, 70, 5, seed: 3, [4, 70, 1, 69, 2]);
            Assert.Equal(1, predictor.Threads);
            float[] one = predictor.Predict(window);
            foreach (int threads in (int[])[2, 3, 7, 1])
            {
                predictor.Threads = threads;
                Assert.Equal(threads, predictor.Threads);
                Assert.Equal(one, predictor.Predict(window));
            }
        }
    }

    [Fact]
    public void Many_threads_may_use_one_predictor()
    {
        foreach (ModelSource source in TrainingModels.Sentences)
        {
            HostedPredictor predictor = TrainingModels.Compiled.Create(source).CreatePredictor(2);
            ReferenceWindow[] windows = Enumerable.Range(0, 24).Select(seed => TestData.Window(source.Spec, 5 + seed, 3, seed)).ToArray();
            float[][] alone = windows.Select(window => predictor.Predict(window)).ToArray();
            predictor.Threads = 2;
            float[][] together = new float[windows.Length][];
            Parallel.For(0, windows.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => together[i] = predictor.Predict(windows[i]));
            Assert.Equal(alone, together);
        }
    }

    [Fact]
    public void A_wrong_batch_is_found_before_anything_is_written()
    {
        ModelSource source = TrainingModels.BothDirections;
        HostedPredictor predictor = TrainingModels.Compiled.Create(source).CreatePredictor(2);
        ReferenceWindow window = TestData.Window(source.Spec, 6, 5, seed: 3);
        float[] right = predictor.Predict(window);
        ReferenceWindow wrong = window with { Tokens = new Dictionary<string, int[]> { ["Words"] = [.. window.Tokens["Words"][..^1], 40] } };
        Assert.Contains("'Words' has 40 at step 5, row 4", Assert.Throws<ArgumentException>(() => predictor.Predict(wrong)).Message, StringComparison.Ordinal);
        Assert.Equal(right, predictor.Predict(window));
    }

    [Fact]
    public void Classes_of_sentences_come_from_the_predictor()
    {
        ModelSource source = TrainingModels.Sentiment;
        HostedModel model = TrainingModels.Compiled.Create(source);
        HostedPredictor predictor = model.CreatePredictor(2);
        ReferenceWindow window = TestData.Window(source.Spec, 80, 5, seed: 3, [80, 3, 7, 1, 66]);
        MethodInfo classify = predictor.Object.GetType().GetMethod("Classify")!;
        int[] classes = (int[])classify.InvokeUnwrapped(predictor.Object, model.Batch(window))!;
        Assert.Equal(predictor.Predict(window).Chunk(predictor.OutputWidth).Select(row => row.AsSpan().IndexOf(row.Max())), classes);
    }

    private static ReferenceWindow Row(ReferenceWindow window, int row) => new(window.Lengths[row], 1)
    {
        Tokens = window.Tokens.ToDictionary(pair => pair.Key, pair => Enumerable.Range(0, window.Lengths[row]).Select(t => pair.Value[(t * window.Rows) + row]).ToArray()),
        Characters = window.Characters.ToDictionary(
            pair => pair.Key, pair => pair.Value.Chunk(pair.Value.Length / (window.Steps * window.Rows)).Where((_, cell) => cell % window.Rows == row && cell / window.Rows < window.Lengths[row]).SelectMany(word => word).ToArray()),
        TargetTokens = window.TargetTokens.Length == window.Rows ? [window.TargetTokens[row]] : Enumerable.Range(0, window.Lengths[row]).Select(t => window.TargetTokens[(t * window.Rows) + row]).ToArray(),
    };
}
