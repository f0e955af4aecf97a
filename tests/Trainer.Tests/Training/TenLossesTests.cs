using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using SdCompiler.Trainer.Tests.Agreement;
using SdCompiler.Trainer.Tests.Harness;
using SdCompiler.Trainer.Tests.Reference;
using Xunit;

namespace SdCompiler.Trainer.Tests.Training;

/// <summary>
/// Ten losses and the first gradients of a seeded model against ten_losses.json, which ten_losses.py computed without this product: the random
/// generator, first weights, masks, model, clipping and updates all have to be as documented, on every machine and in every later version.
/// </summary>
public sealed class TenLossesTests
{
    private const int Steps = 10;

    private static readonly ModelSource Source = new("Seeded", new ModelSpec(
        new EmbeddingSpec("Words", 11, 6),
        new LstmSpec("Lower", 5) { InputDropout = 0.5, RecurrentDropout = 0.4 },
        new LstmSpec("Upper", 5) { InputDropout = 0.5, RecurrentDropout = 0.4 },
        new SoftmaxSpec("Next", 11) { InputDropout = 0.5 }))
    {
        BatchSize = 3,
        TimeSteps = 4,
        Settings = "Initializer = Initializer.Uniform, InitialRange = 0.3",
    };

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Training");

    [Fact]
    public void Losses_and_first_gradients_are_those_of_the_fixture()
    {
        TenLossesFixture fixture = Read(File.ReadAllText(Path.Combine(Folder, "ten_losses.json")));
        using CompiledModels models = CompiledModels.Compile(Source);
        foreach (string kernels in AgreementCheck.KernelSets)
        {
            HostedModel model = models.Create(Source, seed: 20);
            using HostedTrainer trainer = model.CreateTrainer(
                new Sgd { LearningRate = 1, ClipNorm = 1 }, options: new TrainerOptions { Kernels = kernels, Threads = 1 });
            for (int step = 0; step < Steps; step++)
            {
                AgreementCheck.CheckClose([fixture.Losses[step]], [trainer.Step(Window(step))], $"{kernels}, loss {step}");
                foreach ((string name, double[] gradient) in step == 0 ? fixture.Gradients : [])
                {
                    AgreementCheck.CheckClose(gradient, Array.ConvertAll(trainer.Trainer.Gradient(name), value => (double)value), $"{kernels}, {name}");
                }
            }
        }
    }

    [RequiresTorchFact]
    public void The_script_still_writes_the_fixture()
    {
        TenLossesFixture fixture = Read(File.ReadAllText(Path.Combine(Folder, "ten_losses.json")));
        TenLossesFixture written = Read(PythonTorch.Run(Path.Combine(Folder, "ten_losses.py")));
        Assert.Equal(fixture.Losses, written.Losses, (a, b) => Math.Abs(a - b) < 1e-8);
        foreach ((string name, double[] gradient) in fixture.Gradients)
        {
            Assert.Equal(gradient, written.Gradients[name], (a, b) => Math.Abs(a - b) < 1e-6);
        }
    }

    private static TenLossesFixture Read(string json) => JsonSerializer.Deserialize<TenLossesFixture>(json, JsonSerializerOptions.Web)!;

    private static ReferenceWindow Window(int step)
    {
        IEnumerable<(int T, int B)> places = Enumerable.Range(0, 4).SelectMany(t => Enumerable.Range(0, 3).Select(b => (t, b)));
        return new ReferenceWindow(4, 3)
        {
            Tokens = { ["Words"] = places.Select(place => Token(step, place.T, place.B)).ToArray() },
            TargetTokens = places.Select(place => Token(step, place.T + 1, place.B)).ToArray(),
        };
    }

    private static int Token(int step, int t, int b) => ((step * 4) + t) * (b + 2) % 11;
}
