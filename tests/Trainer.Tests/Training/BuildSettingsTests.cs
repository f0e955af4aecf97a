using System.Linq;
using SdCompiler.Trainer.Tests.Harness;
using Xunit;

namespace SdCompiler.Trainer.Tests.Training;

/// <summary>Emitted code in projects set up in different ways: no warning in any of them, and the same bits.</summary>
public sealed class BuildSettingsTests
{
    [Theory]
    [InlineData(false, false, false)]
    [InlineData(true, false, false)]
    [InlineData(false, true, true)]
    [InlineData(true, true, true)]
    public void Models_compile_without_a_warning_and_train_alike(bool nullable, bool overflowChecks, bool documented)
    {
        ModelSource[] sources = TrainingModels.All.Select(source => source with { IsDocumented = documented }).ToArray();
        using CompiledModels models = CompiledModels.Compile(new CompileSettings(nullable, overflowChecks), sources.Select(source => source.ToString()));
        foreach (ModelSource source in sources)
        {
            Assert.Equal(Train(TrainingModels.Compiled, source), Train(models, source));
        }
    }

    [Fact]
    public void The_same_source_gives_the_same_text()
    {
        using CompiledModels again = CompiledModels.Compile(TrainingModels.All);
        Assert.Equal(TrainingModels.Compiled.GeneratedSources.AsEnumerable(), again.GeneratedSources);
    }

    private static int[] Train(CompiledModels models, ModelSource source)
    {
        HostedModel model = models.Create(source, seed: 6);
        using HostedTrainer trainer = model.CreateTrainer(new Sgd { LearningRate = 0.1 }, options: new TrainerOptions { Threads = 1 });
        Enumerable.Range(0, 3).ToList().ForEach(step => trainer.Step(TrainingModels.Window(source, step)));
        return model.Bits();
    }
}
