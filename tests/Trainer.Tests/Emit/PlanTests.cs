using System;
using System.Collections.Generic;
using System.Linq;
using SdCompiler.Trainer.Tests.Harness;
using SdCompiler.Trainer.Tests.Reference;
using Xunit;

namespace SdCompiler.Trainer.Tests.Emit;

/// <summary>The multiply-adds that a plan foretells are the ones that are executed; smaller batches and shorter windows execute fewer.</summary>
public sealed class PlanTests
{
    private static readonly VariantSource[] Variants =
    [
        new("Structured", DropoutPattern.Structured),
        new("Fixed", DropoutPattern.StructuredFixed),
        new("InputOnly", DropoutPattern.Structured, DropoutSites.Input),
        new("Random", DropoutPattern.Random),
        new("RandomFixed", DropoutPattern.RandomFixed, DropoutSites.Input | DropoutSites.Output),
        new("Dense", DropoutPattern.Structured, DropoutSites.None),
    ];

    private static readonly Dictionary<string, ModelSpec> Specs = new()
    {
        ["LanguageModel"] = new(
            new EmbeddingSpec("Words", 37, 10) { Dimension = "Vocabulary", OutputDropout = 0.2 },
            new LstmSpec("Memory", 12) { Layers = 2, InputDropout = 0.5, RecurrentDropout = 0.25 },
            new SoftmaxSpec("Next", 37) { Dimension = "Vocabulary", InputDropout = 0.5 }),
        ["Tied"] = new(
            new EmbeddingSpec("Words", 20, 9),
            new LstmSpec("Memory", 9) { InputDropout = 0.3 },
            new SoftmaxSpec("Next", 20) { TiedTo = "Words", InputDropout = 0.3 }),
        ["Branches"] = new(
            new EmbeddingSpec("Kind", 5, 4) { OutputDropout = 0.4 },
            new SeriesSpec("Sensors", 3),
            new ConcatSpec("Inputs", "Kind", "Sensors"),
            new LstmSpec("Memory", 10) { InputDropout = 0.4, RecurrentDropout = 0.3, OutputDropout = 0.5 },
            new LinearSpec("Skip", 6, Activation.Relu) { From = "Inputs", InputDropout = 0.3 },
            new ConcatSpec("All", "Memory", "Skip"),
            new RegressionSpec("Output", 2) { InputDropout = 0.3 }),
        ["Classification"] = new(
            new SeriesSpec("Sensors", 3),
            new LstmSpec("Memory", 10) { RecurrentDropout = 0.3, OutputDropout = 0.5 },
            new ClassificationSpec("Label", 4)),
    };

    public static TheoryData<string> Names => new(Specs.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void The_plan_is_what_is_executed(string name)
    {
        ModelSource source = new("Model", Specs[name]) { BatchSize = 4, TimeSteps = 5, Variants = Variants };
        using CompiledModels models = CompiledModels.Compile(source);
        HostedModel model = models.Create(source);
        int[] dimensions = source.Dimensions.Select(dimension => dimension.Value).ToArray();
        Assert.Equal(model.Parameters.Count, model.Plan.Evaluate("Dense", dimensions).Parameters);
        foreach (VariantSource variant in Variants)
        {
            VariantPlan plan = model.Plan.Variant(variant.Name);
            Assert.True(plan.IsExact);
            using HostedTrainer trainer = model.CreateTrainer(variant: variant.Name, options: new TrainerOptions { Threads = 2 });
            Assert.Equal(plan.WorkspaceBytes(dimensions), trainer.Trainer.WorkspaceBytes);
            Assert.Equal(model.Plan.Evaluate(variant.Name, dimensions).Kept, Executed(trainer, TestData.Window(source.Spec, 5, 4, 1)));
            Assert.Equal(plan.Kept(dimensions, 4, 2), Executed(trainer, TestData.Window(source.Spec, 2, 2, 2)));
            Assert.Equal(plan.Kept(dimensions, 1 + 4 + 2, 3), Executed(trainer, TestData.Window(source.Spec, 4, 3, 3, [1, 4, 2])));
            Assert.True(plan.Kept(dimensions, 4, 2) < plan.Kept(dimensions, 20, 4) / 2);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Evaluation_executes_the_dense_forward_products(string name)
    {
        ModelSource source = new("Model", Specs[name]) { BatchSize = 4, TimeSteps = 5, Variants = Variants };
        using CompiledModels models = CompiledModels.Compile(source);
        HostedModel model = models.Create(source);
        int[] dimensions = source.Dimensions.Select(dimension => dimension.Value).ToArray();
        using HostedTrainer trainer = model.CreateTrainer(variant: "Structured");
        long before = trainer.Trainer.MultiplyAdds;
        trainer.Evaluate(TestData.Window(source.Spec, 5, 3, 1));
        Assert.Equal(model.Plan.Variant("Structured").Forward.Dense(dimensions, 15, 3), trainer.Trainer.MultiplyAdds - before);
    }

    [Fact]
    public void What_dropout_removes_is_gone_from_every_phase()
    {
        ModelSource source = new("Model", Specs["LanguageModel"]) { Variants = Variants };
        using CompiledModels models = CompiledModels.Compile(source);
        ModelPlan plan = models.Create(source).Plan;
        PlanFigures structured = plan.Evaluate("Structured", 1000);
        Assert.True(structured.ForwardKept < 0.6 * structured.ForwardDense);
        Assert.True(structured.BackwardKept < 0.6 * structured.BackwardDense);
        Assert.True(structured.WeightGradientKept < 0.6 * structured.WeightGradientDense);
        Assert.Equal(1, plan.Evaluate("Random", 1000).CeilingSpeedup);
        Assert.Equal("120 + 12*Vocabulary".Length, plan.Variant("Dense").Forward.DensePerRowStep.ToString().Length - 1);
        ArgumentException wrong = Assert.Throws<ArgumentException>(() => plan.Evaluate("Sparse", 1000));
        Assert.Contains("'Structured'", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("Vocabulary", Assert.Throws<ArgumentException>(() => plan.Evaluate("Dense")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_large_vocabulary_is_worked_off_in_chunks_with_the_same_result()
    {
        // 32 MiB of logits hold 8 steps of 32 rows of 32,768 classes: 18 steps are 3 chunks of 6.
        ModelSpec spec = new(
            new EmbeddingSpec("Words", 50, 4),
            new LstmSpec("Memory", 4),
            new SoftmaxSpec("Next", 32_768) { Dimension = "Classes", InputDropout = 0.5 });
        ModelSource chunked = new("Chunked", spec) { BatchSize = 32, TimeSteps = 18 };
        ModelSource whole = new("Whole", spec) { BatchSize = 2, TimeSteps = 18 };
        using CompiledModels models = CompiledModels.Compile(chunked, whole);
        Assert.Equal(6, SdCompiler.Runtime.LateBuffer.ChunkSteps(18, 32, 32_768));
        Assert.Equal(18, SdCompiler.Runtime.LateBuffer.ChunkSteps(18, 2, 32_768));
        HostedModel first = models.Create(chunked);
        HostedModel second = models.Create(whole);
        using HostedTrainer a = first.CreateTrainer();
        using HostedTrainer b = second.CreateTrainer();
        ReferenceWindow window = TestData.Window(spec, 18, 2, 5);
        Assert.Equal(b.Step(window), a.Step(window));
        Assert.Equal(b.Trainer.Gradient("Next.weight"), a.Trainer.Gradient("Next.weight"));
        Assert.Equal(b.Trainer.Gradient("Words.weight"), a.Trainer.Gradient("Words.weight"));
    }

    private static long Executed(HostedTrainer trainer, ReferenceWindow window)
    {
        long before = trainer.Trainer.MultiplyAdds;
        trainer.Step(window);
        return trainer.Trainer.MultiplyAdds - before;
    }
}
