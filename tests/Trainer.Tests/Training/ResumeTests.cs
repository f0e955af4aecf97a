using System;
using System.IO;
using System.Linq;
using System.Reflection;
using SdCompiler.Trainer.Tests.Agreement;
using SdCompiler.Trainer.Tests.Harness;
using Xunit;

namespace SdCompiler.Trainer.Tests.Training;

/// <summary>Stop, save, load in a new process's place and go on: the same bits as never stopping.</summary>
public sealed class ResumeTests : IDisposable
{
    private const int Steps = 9;
    private const int StopAfter = 4;
    private readonly string _folder = Directory.CreateTempSubdirectory("sdcompiler-resume-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(OptimizerCases.Names), MemberType = typeof(OptimizerCases))]
    public void A_resumed_run_gives_the_bits_of_one_that_never_stopped(string optimizer)
    {
        TrainerOptions options = new() { Threads = 1 };
        foreach (ModelSource source in TrainingModels.All)
        {
            string? variant = source.Variants.Count == 0 ? null : source.Variants[0].Name;
            HostedModel whole = TrainingModels.Compiled.Create(source, seed: 9);
            using HostedTrainer straight = whole.CreateTrainer(OptimizerCases.Create(optimizer), variant, options);
            double[] expected = Enumerable.Range(0, Steps).Select(step => straight.Step(TrainingModels.Window(source, step))).ToArray();

            string path = Path.Combine(_folder, source.Name);
            using (HostedTrainer first = TrainingModels.Compiled.Create(source, seed: 9).CreateTrainer(OptimizerCases.Create(optimizer), variant, options))
            {
                Enumerable.Range(0, StopAfter).ToList().ForEach(step => first.Step(TrainingModels.Window(source, step)));
                first.Trainer.Save(path);
            }

            // Another seed: everything that matters must come from the checkpoint.
            HostedModel resumed = TrainingModels.Compiled.Create(source, seed: 77);
            using HostedTrainer second = resumed.CreateTrainer(OptimizerCases.Create(optimizer), variant, options);
            second.Trainer.Load(path);
            Assert.Equal(StopAfter, second.Trainer.StepCount);
            double[] actual = Enumerable.Range(StopAfter, Steps - StopAfter).Select(step => second.Step(TrainingModels.Window(source, step))).ToArray();

            Assert.Equal(expected[StopAfter..], actual);
            Assert.True(whole.Bits().SequenceEqual(resumed.Bits()), $"{source.Name}: the weights differ");
            Assert.Equal(straight.State(source.BatchSize), second.State(source.BatchSize));
        }
    }

    [Theory]
    [InlineData("Random", "trained as the variant Structured and this trainer is a Random")]
    [InlineData("Dense", "trained as the variant Structured and this trainer is a Dense")]
    public void A_trainer_of_another_variant_does_not_go_on(string variant, string part)
    {
        using HostedTrainer saved = TrainingModels.Compiled.Create(TrainingModels.Language).CreateTrainer(new Sgd(), "Structured");
        saved.Trainer.Save(Path.Combine(_folder, "variant"));
        using HostedTrainer other = TrainingModels.Compiled.Create(TrainingModels.Language).CreateTrainer(new Sgd(), variant);
        CheckpointException e = Assert.Throws<CheckpointException>(() => other.Trainer.Load(Path.Combine(_folder, "variant")));
        Assert.Contains(part, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "carried its state from step to step, and this one does not; create it with TrainerOptions.CarryState = true, or take")]
    [InlineData(false, "started each step at zero, and this one does not; create it with TrainerOptions.CarryState = false, or take")]
    public void A_trainer_that_carries_no_state_does_not_go_on_where_one_did(bool carried, string part)
    {
        string path = Path.Combine(_folder, "carried");
        using HostedTrainer saved = TrainingModels.Compiled.Create(TrainingModels.Language).CreateTrainer(new Sgd(), "Structured", new TrainerOptions { CarryState = carried });
        saved.Trainer.Save(path);
        using HostedTrainer other = TrainingModels.Compiled.Create(TrainingModels.Language).CreateTrainer(new Sgd(), "Structured", new TrainerOptions { CarryState = !carried });
        CheckpointException e = Assert.Throws<CheckpointException>(() => other.Trainer.Load(path));
        Assert.Contains(part, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_whose_declared_dropout_changed_does_not_go_on()
    {
        ModelSource source = new("Model", new Reference.ModelSpec(
            new Reference.EmbeddingSpec("Words", 13, 5) { WordDropout = 0.1 },
            new Reference.LstmSpec("Memory", 6) { InputDropout = 0.5, RecurrentDropout = 0.5 },
            new Reference.SoftmaxSpec("Next", 13)));
        Refuses(source with { Pattern = DropoutPattern.Random }, "Memory.0.Input 'Structured, keeps 3 of 5'");
        Refuses(source with { Sampling = MaskSampling.Bernoulli }, "'Structured, drops each with probability 0.5'");
        Refuses(source with { Spec = new Reference.ModelSpec([source.Spec.Layers[0], new Reference.LstmSpec("Memory", 6) { InputDropout = 0.5, RecurrentDropout = 0.3 }, source.Spec.Layers[2]]) }, "Memory.0.Recurrent 'Structured, keeps 3 of 6' and this trainer's is 'Structured, keeps 4 of 6'");
        Refuses(source with { Spec = new Reference.ModelSpec([new Reference.EmbeddingSpec("Words", 13, 5) { WordDropout = 0.2 }, source.Spec.Layers[1], source.Spec.Layers[2]]) }, "Words.WordDropout 'drops each with probability 0.1' and this trainer's is 'drops each with probability 0.2'");

        void Refuses(ModelSource changed, string part)
        {
            using CompiledModels before = CompiledModels.Compile(source);
            using CompiledModels after = CompiledModels.Compile(changed);
            using HostedTrainer saved = before.Create(source).CreateTrainer(new Sgd());
            saved.Trainer.Save(Path.Combine(_folder, "before"));
            using HostedTrainer other = after.Create(changed).CreateTrainer(new Sgd());
            CheckpointException e = Assert.Throws<CheckpointException>(() => other.Trainer.Load(Path.Combine(_folder, "before")));
            Assert.Contains(part, e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_saved_model_loads_with_its_dimensions()
    {
        ModelSource source = new("Model", new Reference.ModelSpec(
            new Reference.EmbeddingSpec("Words", 13, 5) { Dimension = "Vocabulary" },
            new Reference.LstmSpec("Memory", 5),
            new Reference.SoftmaxSpec("Next", 13) { Dimension = "Vocabulary", TiedTo = "Words" }));
        using CompiledModels models = CompiledModels.Compile(source);
        HostedModel model = models.Create(source, seed: 4);
        string path = Path.Combine(_folder, "model.safetensors");
        model.Save(path);
        Assert.Equal(model.Bits(), models.Load(source, path).Bits());
    }

    [Fact]
    public void A_model_with_layers_called_load_and_save_trains_saves_and_loads()
    {
        ModelSource source = new("Model", new Reference.ModelSpec(
            new Reference.EmbeddingSpec("Load", 13, 5) { Dimension = "Vocabulary" },
            new Reference.LstmSpec("Save", 6) { InputDropout = 0.5, RecurrentDropout = 0.5 },
            new Reference.SoftmaxSpec("Next", 13) { Dimension = "Vocabulary" }));
        AgreementCheck.CheckAll(source, Reference.TestData.Window(source.Spec, 4, 3, seed: 7));
        using CompiledModels models = CompiledModels.Compile(source);
        HostedModel model = models.Create(source, seed: 4);
        using HostedTrainer trainer = model.CreateTrainer(new Sgd());
        trainer.Step(TrainingModels.Window(source, 0));
        string path = Path.Combine(_folder, "model.safetensors");
        model.Save(path);
        Assert.Equal(model.Bits(), models.Load(source, path).Bits());

        // Code that knows the model by its interface alone still says Load and Save.
        string copy = Path.Combine(_folder, "copy.safetensors");
        MethodInfo through = typeof(ResumeTests).GetMethod(nameof(CopyThroughInterface), BindingFlags.NonPublic | BindingFlags.Static)!;
        Type face = models.Type("Model").GetInterfaces().Single(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ILstmModel<,,>));
        through.MakeGenericMethod(face.GetGenericArguments()).InvokeUnwrapped(null, path, copy);
        Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(copy));

        trainer.Trainer.Save(Path.Combine(_folder, "checkpoint"));
        using HostedTrainer second = models.Create(source).CreateTrainer(new Sgd());
        second.Trainer.Load(Path.Combine(_folder, "checkpoint"));
        Assert.Equal(trainer.Step(TrainingModels.Window(source, 1)), second.Step(TrainingModels.Window(source, 1)));
    }

    private static void CopyThroughInterface<TModel, TTrainer, TBatch>(string from, string to)
        where TModel : ILstmModel<TModel, TTrainer, TBatch>
        where TTrainer : LstmTrainer<TBatch>
        where TBatch : LstmBatch => TModel.Load(from).Save(to);
}
