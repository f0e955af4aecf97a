using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using SdCompiler.Runtime;
using SdCompiler.Trainer.Tests.Agreement;
using SdCompiler.Trainer.Tests.Harness;
using SdCompiler.Trainer.Tests.Reference;
using Xunit;

namespace SdCompiler.Trainer.Tests.Training;

/// <summary>Tables that training leaves as they are: the same losses and gradients, and nothing that a gradient would cost.</summary>
public sealed class FrozenTableTests : IDisposable
{
    private static readonly VariantSource[] Variants =
    [
        new("Structured", DropoutPattern.Structured),
        new("StructuredFixed", DropoutPattern.StructuredFixed),
        new("Random", DropoutPattern.Random),
        new("RandomFixed", DropoutPattern.RandomFixed),
        new("Dense", DropoutPattern.Structured, DropoutSites.None),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("sdcompiler-frozen-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Alone_under_an_lstm() => Check(
        new EmbeddingSpec("Words", 9, 6) { Trainable = false, Dimension = "Types", OutputDropout = 0.4 },
        new LstmSpec("Memory", 7) { InputDropout = 0.5, RecurrentDropout = 0.4 },
        new SoftmaxSpec("Next", 4) { InputDropout = 0.5 });

    [Fact]
    public void With_whole_words_dropped() => Check(
        new EmbeddingSpec("Words", 9, 6) { Trainable = false, WordDropout = 0.4 },
        new LstmSpec("Memory", 7) { InputDropout = 0.5 },
        new SoftmaxSpec("Next", 4));

    [Fact]
    public void Beside_a_trained_table_and_with_a_second_reader() => Check(
        new EmbeddingSpec("Words", 9, 6) { Trainable = false, OutputDropout = 0.3 },
        new EmbeddingSpec("Shapes", 5, 3),
        new ConcatSpec("Token", "Words", "Shapes"),
        new LstmSpec("Memory", 7) { InputDropout = 0.5 },
        new LinearSpec("Skip", 4, Activation.Tanh) { From = "Words", InputDropout = 0.3 },
        new ConcatSpec("All", "Skip", "Memory", "Words"),
        new SoftmaxSpec("Next", 4) { InputDropout = 0.4 });

    [Fact]
    public void Directly_under_the_loss() => Check(
        new EmbeddingSpec("Words", 9, 6) { Trainable = false, OutputDropout = 0.3 },
        new ClassificationSpec("Label", 4) { InputDropout = 0.3 });

    [Theory]
    [MemberData(nameof(OptimizerCases.Names), MemberType = typeof(OptimizerCases))]
    public void Steps_leave_the_table_and_the_optimizer_has_no_memory_of_it(string optimizer)
    {
        using CompiledModels models = CompiledModels.Compile(Model(trainable: false));
        ModelSource source = Model(trainable: false);
        HostedModel model = models.Create(source, seed: 9);
        Dictionary<string, double[]> before = model.Values();
        using HostedTrainer trainer = model.CreateTrainer(OptimizerCases.Create(optimizer), options: new TrainerOptions { Threads = 2 });
        for (int step = 0; step < 5; step++)
        {
            trainer.Step(TrainingModels.Window(source, step));
            Assert.True(trainer.Trainer.LastStepApplied);
        }

        Dictionary<string, double[]> after = model.Values();
        Assert.Equal(before["Words.weight"], after["Words.weight"]);
        Assert.All(after.Keys.Where(name => name != "Words.weight"), name => Assert.NotEqual(before[name], after[name]));

        string path = Path.Combine(_folder, optimizer);
        trainer.Trainer.Save(path);
        CheckpointReader checkpoint = CheckpointReader.Open(path);
        string optimizerFile = Path.Combine(Path.GetDirectoryName(checkpoint.WeightsPath)!, "optimizer.safetensors");
        string header = File.ReadAllText(optimizerFile, System.Text.Encoding.Latin1);
        Assert.DoesNotContain("Words.weight", header, StringComparison.Ordinal);
        Assert.Equal(optimizer == "asgd" || !optimizer.Contains("sgd", StringComparison.Ordinal), header.Contains("Shapes.weight", StringComparison.Ordinal));
        Assert.Contains("Words.weight", File.ReadAllText(checkpoint.WeightsPath, System.Text.Encoding.Latin1), StringComparison.Ordinal);

        // Another seed: the frozen table, too, comes from the checkpoint.
        HostedModel resumed = models.Create(source, seed: 77);
        using HostedTrainer second = resumed.CreateTrainer(OptimizerCases.Create(optimizer), options: new TrainerOptions { Threads = 1 });
        second.Trainer.Load(path);
        Assert.Equal(trainer.Step(TrainingModels.Window(source, 5)), second.Step(TrainingModels.Window(source, 5)));
        Assert.Equal(model.Bits(), resumed.Bits());
    }

    [Fact]
    public void No_product_is_left_behind_the_table()
    {
        ModelSpec Spec(bool trainable) => new(
            new EmbeddingSpec("Words", 9, 6) { Trainable = trainable }, new LstmSpec("Memory", 7), new SoftmaxSpec("Next", 4));
        ModelSource frozen = new("Frozen", Spec(false)) { BatchSize = 3, TimeSteps = 4 };
        ModelSource trained = new("Trained", Spec(true)) { BatchSize = 3, TimeSteps = 4 };
        using CompiledModels models = CompiledModels.Compile(frozen, trained);
        HostedModel model = models.Create(frozen);
        const int GradientByInput = 4 * 3 * 6 * 4 * 7;
        Assert.Equal(models.Create(trained).Plan.Evaluate("").Kept - GradientByInput, model.Plan.Evaluate("").Kept);
        using HostedTrainer trainer = model.CreateTrainer();
        using HostedTrainer other = models.Create(trained).CreateTrainer();
        trainer.Step(TestData.Window(frozen.Spec, 4, 3, 1));
        Assert.Equal(model.Plan.Evaluate("").Kept, trainer.Trainer.MultiplyAdds);
        Assert.True(trainer.Trainer.WorkspaceBytes <= other.Trainer.WorkspaceBytes);
    }

    [Fact]
    public void The_norm_of_the_gradient_is_that_of_what_is_trained()
    {
        ModelSource source = Model(trainable: false);
        using CompiledModels models = CompiledModels.Compile(source);
        using HostedTrainer trainer = models.Create(source, seed: 2).CreateTrainer();
        trainer.Step(TrainingModels.Window(source, 0));
        double sum = trainer.Trainer.Parameters.All.Where(parameter => !parameter.IsFrozen)
            .Sum(parameter => trainer.Trainer.Gradient(parameter.Name).Sum(value => (double)value * value));
        Assert.Equal(Math.Sqrt(sum), trainer.Trainer.GradientNorm, 6);
    }

    [Theory]
    [InlineData(true, "was trained with nothing left untrained and this trainer leaves Words.weight")]
    [InlineData(false, "was trained with Words.weight left untrained and this trainer leaves nothing")]
    public void A_run_does_not_go_on_with_another_choice(bool trainable, string part)
    {
        using CompiledModels before = CompiledModels.Compile(Model(trainable));
        using CompiledModels after = CompiledModels.Compile(Model(!trainable));
        using HostedTrainer saved = before.Create(Model(trainable)).CreateTrainer(new Sgd());
        saved.Trainer.Save(Path.Combine(_folder, "before"));
        using HostedTrainer other = after.Create(Model(!trainable)).CreateTrainer(new Sgd());
        CheckpointException e = Assert.Throws<CheckpointException>(() => other.Trainer.Load(Path.Combine(_folder, "before")));
        Assert.Contains(part, e.Message, StringComparison.Ordinal);

        // The weights alone fit either way.
        HostedModel taken = after.Load(Model(!trainable), Path.Combine(_folder, "before"));
        Assert.Equal(trainable, taken.Parameters["Words.weight"].IsFrozen);
    }

    [Fact]
    public void A_group_of_nothing_that_is_trained_is_refused()
    {
        using CompiledModels models = CompiledModels.Compile(Model(trainable: false));
        HostedModel model = models.Create(Model(trainable: false));
        ArgumentException e = Assert.Throws<ArgumentException>(() => model.CreateTrainer(new Sgd { Groups = [ParameterGroup.Layer("Words", 0.1)] }));
        Assert.Contains("takes none of the model's parameters that are trained (Shapes.weight, ", e.Message, StringComparison.Ordinal);
    }

    private static ModelSource Model(bool trainable) => new("Model", new ModelSpec(
        new EmbeddingSpec("Words", 70, 20) { Trainable = trainable },
        new EmbeddingSpec("Shapes", 6, 3),
        new ConcatSpec("Token", "Words", "Shapes"),
        new LstmSpec("Memory", 30) { InputDropout = 0.5, RecurrentDropout = 0.4 },
        new SoftmaxSpec("Next", 5) { InputDropout = 0.5 }))
    {
        BatchSize = 4,
        TimeSteps = 6,
    };

    private static void Check(params LayerSpec[] layers)
    {
        ModelSpec spec = new(layers);
        ModelSource source = new("Model", spec) { BatchSize = 3, TimeSteps = 4, Variants = Variants };
        AgreementCheck.CheckAll(source, TestData.Window(spec, 4, 3, seed: 7), TestData.Window(spec, 3, 3, seed: 8, [3, 1, 2]), TestData.Window(spec, 4, 3, seed: 9, [2, 4, 1]));
        AgreementCheck.CheckAll(source, TestData.Window(spec, 2, 2, seed: 10));
    }
}
