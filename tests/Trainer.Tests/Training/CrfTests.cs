using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using SdCompiler.Runtime;
using SdCompiler.Trainer.Tests.Harness;
using SdCompiler.Trainer.Tests.Reference;
using Xunit;

namespace SdCompiler.Trainer.Tests.Training;

/// <summary>What a model that ends in a CRF does beyond its gradients: whole sentences, evaluation, rules of tags, memory.</summary>
public sealed class CrfTests
{
    private static readonly string[] Names = ["O", "B-X", "I-X", "B-Y", "I-Y"];

    private static readonly ModelSource Source = new("Model", new ModelSpec(
        new EmbeddingSpec("Words", 11, 6),
        new LstmSpec("Context", 7) { InputDropout = 0.3 },
        new CrfSpec("Tags", 5) { InputDropout = 0.3 }));

    private static readonly Lazy<CompiledModels> Compiled = new(() => CompiledModels.Compile(Source));

    public static TheoryData<string> KernelSets => new(KernelSet.Available.Select(set => set.Name));

    [Theory]
    [MemberData(nameof(KernelSets))]
    public void Evaluation_gives_the_loss_of_the_reference_and_counts_the_tags_of_the_best_path(string kernels)
    {
        HostedModel model = Model();
        using HostedTrainer trainer = model.CreateTrainer(options: new TrainerOptions { Kernels = kernels, Threads = 2 });
        // More rows than B, so that several groups are evaluated.
        ReferenceWindow window = TestData.Window(Source.Spec, 4, 25, seed: 4, [.. Enumerable.Range(0, 25).Select(row => 1 + (row % 7 % 4))]);
        Evaluation evaluation = trainer.Evaluate(window);
        (ReferenceResult expected, int free, int ruled) = Expected(model, window);
        Assert.Equal(expected.Loss * window.Rows, evaluation.TotalLoss, 1e-4);
        Assert.Equal((window.Lengths.Sum(), (long)free), ((int)evaluation.Targets, evaluation.Correct));

        Layer(model).Constraints = CrfConstraints.Bio2(Names);
        Evaluation constrained = trainer.Evaluate(window);
        Assert.Equal(BitConverter.DoubleToInt64Bits(evaluation.TotalLoss), BitConverter.DoubleToInt64Bits(constrained.TotalLoss));
        Assert.Equal(ruled, constrained.Correct);
        Assert.NotEqual(free, ruled);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void The_predictor_gives_the_best_path_of_sentences_of_any_length(int together)
    {
        HostedModel model = Model();
        HostedPredictor predictor = model.CreatePredictor(together);
        int[] lengths = [2, 7, 1, 3, 7, 5];
        ReferenceWindow window = TestData.Window(Source.Spec, 7, lengths.Length, seed: 4, lengths); // longer than a training window
        ReferenceResult emissions = new ReferenceModel(Source.Spec).Run(window, model.Values(), NoDropout.Instance);
        ReferenceCrf crf = new("Tags", ReferencePass.Start(window, NoDropout.Instance, model.Values(), null));
        List<int[]> found = [];
        foreach (bool rules in (bool[])[false, true])
        {
            Layer(model).Constraints = rules ? CrfConstraints.Bio2(Names) : null;
            int[] tags = predictor.Tag(window);
            for (int row = 0; row < lengths.Length; row++)
            {
                int[] best = crf.Best(emissions.Outputs, row, lengths[row], path => !rules || IsAllowed(path));
                Assert.Equal(best, Enumerable.Range(0, lengths[row]).Select(t => tags[(t * lengths.Length) + row]));
                Assert.All(Enumerable.Range(lengths[row], 7 - lengths[row]), t => Assert.Equal(-1, tags[(t * lengths.Length) + row]));
            }

            predictor.Threads = 3;
            Assert.Equal(tags, predictor.Tag(window));
            predictor.Threads = 1;
            found.Add(tags);
        }

        Assert.NotEqual(found[0], found[1]);
        using HostedTrainer trainer = model.CreateTrainer();
        ReferenceWindow shorter = TestData.Window(Source.Spec, 4, 9, seed: 5, [4, 1, 2, 3, 4, 4, 2, 1, 3]);
        int[] again = predictor.Tag(shorter);
        Assert.Equal(again.Where((tag, i) => tag >= 0 && tag == shorter.TargetTokens[i]).Count(), trainer.Evaluate(shorter).Correct);
    }

    [Fact]
    public void A_tagger_of_both_directions_agrees_with_the_textbook()
    {
        ModelSpec spec = new(
            new EmbeddingSpec("Words", 11, 6),
            new LstmSpec("Context", 7) { Direction = Direction.Both, InputDropout = 0.3, RecurrentDropout = 0.4, OutputDropout = 0.3 },
            new CrfSpec("Tags", 5) { InputDropout = 0.3 });
        foreach (DropoutPattern pattern in (DropoutPattern[])[DropoutPattern.Structured, DropoutPattern.Random])
        {
            Agreement.AgreementCheck.CheckAll(
                new ModelSource("Model", spec) { BatchSize = 4, TimeSteps = 5, Pattern = pattern },
                TestData.Window(spec, 5, 4, seed: 1),
                TestData.Window(spec, 5, 4, seed: 2, [3, 5, 1, 2]));
        }
    }

    [Fact]
    public void Targets_that_break_the_rules_train_as_if_there_were_none()
    {
        ReferenceWindow window = TestData.Window(Source.Spec, 4, 3, seed: 4);
        window.TargetTokens[0] = Array.IndexOf(Names, "I-X"); // no sentence of BIO2 begins with it
        using HostedTrainer free = Model().CreateTrainer();
        HostedModel model = Model();
        Layer(model).Constraints = CrfConstraints.Bio2(Names);
        using HostedTrainer ruled = model.CreateTrainer();
        Assert.Equal(free.Step(window), ruled.Step(window));
    }

    [Fact]
    public void Nothing_is_carried_from_sentence_to_sentence()
    {
        ModelSource source = Source with { Spec = new ModelSpec(new EmbeddingSpec("Words", 11, 6), new LstmSpec("Context", 7), new CrfSpec("Tags", 5)) };
        using CompiledModels models = CompiledModels.Compile(source);
        using HostedTrainer trainer = models.Create(source).CreateTrainer();
        ReferenceWindow window = TestData.Window(source.Spec, 4, 3, seed: 4);
        double alone = trainer.Step(window);
        trainer.Step(TestData.Window(source.Spec, 4, 3, seed: 5));
        Assert.Equal(alone, trainer.Step(window));
        Assert.Equal(0, trainer.Trainer.State.LayerCount);
    }

    [Fact]
    public void A_sentence_that_is_longer_than_a_window_is_refused_and_not_cut()
    {
        using HostedTrainer trainer = Model().CreateTrainer();
        ReferenceWindow window = TestData.Window(Source.Spec, 5, 3, seed: 4, [2, 5, 3]);
        const string Message = "The batch has a sentence of 5 steps and the model is compiled for up to 4; each row is one whole sentence and is never cut: raise TimeSteps on the model, split the sentence, or use the predictor, which takes any length.";
        Assert.Equal(Message, Assert.Throws<ArgumentException>(() => trainer.Step(window)).Message);
        Assert.Equal(Message, Assert.Throws<ArgumentException>(() => trainer.Evaluate(window)).Message);
        Assert.Equal(0, trainer.Trainer.StepCount);

        // Longer arrays are no longer sentences.
        trainer.Step(window with { Lengths = [2, 4, 3] });
        Assert.True(trainer.Trainer.LastStepApplied);
    }

    [Theory]
    [InlineData(-1, "'Targets' has -1 at step 0, row 1; the 5 classes are 0 to 4")]
    [InlineData(5, "'Targets' has 5 at step 0, row 1; the 5 classes are 0 to 4")]
    public void No_step_goes_without_a_tag(int tag, string part)
    {
        using HostedTrainer trainer = Model().CreateTrainer();
        ReferenceWindow window = TestData.Window(Source.Spec, 4, 3, seed: 4);
        window.TargetTokens[1] = tag;
        Assert.Contains(part, Assert.Throws<ArgumentException>(() => trainer.Step(window)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constraints_of_other_tags_are_refused_and_files_hold_none()
    {
        HostedModel model = Model();
        CrfLayer layer = Layer(model);
        Assert.Equal(
            "'Tags' has 5 tags and the constraints are of 3; make them from the same labels. (Parameter 'value')",
            Assert.Throws<ArgumentException>(() => layer.Constraints = CrfConstraints.Bio2(Names[..3])).Message);
        layer.Constraints = CrfConstraints.Bio2(Names);
        string path = Path.GetTempFileName();
        model.Save(path);
        Assert.Null(Layer(Compiled.Value.Load(Source, path)).Constraints);
        File.Delete(path);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(70)]
    public void The_plan_of_tags_given_late_is_that_of_constant_ones(int tags)
    {
        ModelSource late = new("Late", new ModelSpec(new EmbeddingSpec("Words", 11, 6), new LstmSpec("Context", 7), new CrfSpec("Tags", tags) { Dimension = "Labels" }));
        ModelSource constant = new("Constant", new ModelSpec(new EmbeddingSpec("Words", 11, 6), new LstmSpec("Context", 7), new CrfSpec("Tags", tags)));
        using CompiledModels models = CompiledModels.Compile(late, constant);
        HostedModel model = models.Create(late);
        using HostedTrainer trainer = model.CreateTrainer();
        PlanFigures figures = model.Plan.Evaluate(string.Empty, tags);
        Assert.Equal(figures.WorkspaceBytes, trainer.Trainer.WorkspaceBytes);
        Assert.Equal(model.Parameters.Count, figures.Parameters);
        PlanFigures other = models.Create(constant).Plan.Evaluate(string.Empty);
        Assert.Equal(other with { WorkspaceBytes = 0 }, figures with { WorkspaceBytes = 0 });
        Assert.Contains("+ 1*Labels^2", model.Plan.Parameters.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4097)]
    public void Too_few_and_too_many_tags_are_refused(int tags)
    {
        ModelSource late = new("Late", new ModelSpec(new SeriesSpec("Sensors", 2), new CrfSpec("Tags", tags) { Dimension = "Labels" }));
        using CompiledModels models = CompiledModels.Compile(late);
        TargetInvocationException e = Assert.Throws<TargetInvocationException>(() => models.Create(late));
        Assert.Equal("labels", Assert.IsType<ArgumentOutOfRangeException>(e.InnerException).ParamName);
    }

    private static HostedModel Model()
    {
        HostedModel model = Compiled.Value.Create(Source);
        model.Set(TestData.Parameters(Source.Spec, seed: 3));
        return model;
    }

    private static CrfLayer Layer(HostedModel model) => (CrfLayer)model.Object.GetType().GetProperty("Tags")!.GetValue(model.Object)!;

    private static (ReferenceResult Result, int Free, int Ruled) Expected(HostedModel model, ReferenceWindow window)
    {
        Dictionary<string, double[]> parameters = model.Values();
        ReferenceResult result = new ReferenceModel(Source.Spec).Run(window, parameters, NoDropout.Instance);
        ReferenceCrf crf = new("Tags", ReferencePass.Start(window, NoDropout.Instance, parameters, null));
        int Hits(Func<int[], bool> isAllowed) => Enumerable.Range(0, window.Rows).Sum(row =>
            crf.Best(result.Outputs, row, window.Lengths[row], isAllowed).Where((tag, t) => tag == window.TargetTokens[(t * window.Rows) + row]).Count());
        return (result, Hits(_ => true), Hits(IsAllowed));
    }

    /// <summary>BIO2: I-X stands behind B-X or I-X only.</summary>
    private static bool IsAllowed(int[] path) =>
        path.Select((tag, t) => tag is not (2 or 4) || (t > 0 && (path[t - 1] == tag || path[t - 1] == tag - 1))).All(right => right);
}
