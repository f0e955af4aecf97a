using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using SdCompiler.Trainer.Tests.Harness;
using SdCompiler.Trainer.Tests.Reference;
using Xunit;

namespace SdCompiler.Trainer.Tests.Prediction;

/// <summary>Trained weights in PyTorch itself.</summary>
public sealed class TorchTests
{
    private const double Tolerance = 1e-5;

    [RequiresTorchFact]
    public void Saved_weights_give_the_same_outputs_in_torch_nn_lstm()
    {
        ModelSource source = new("Model", new ModelSpec(
            new SeriesSpec("Sensors", 7),
            new LstmSpec("Memory", 13) { Layers = 2, InputDropout = 0.3, RecurrentDropout = 0.3 },
            new RegressionSpec("Output", 3)))
        {
            BatchSize = 4,
            TimeSteps = 6,
        };
        using CompiledModels models = CompiledModels.Compile(source);
        HostedModel model = models.Create(source);
        using HostedTrainer trainer = model.CreateTrainer(new Adam { LearningRate = 0.02 }, options: new TrainerOptions { Threads = 1 });
        Enumerable.Range(0, 50).ToList().ForEach(step => trainer.Step(TestData.Window(source.Spec, 6, 4, seed: step)));

        ReferenceWindow window = TestData.Window(source.Spec, 15, 5, seed: 1000);
        HostedPredictor predictor = model.CreatePredictor(5);
        LstmState state = predictor.CreateState(5);
        float[] outputs = predictor.Predict(window, state);

        string folder = Directory.CreateTempSubdirectory("sdcompiler-torch-").FullName;
        try
        {
            string inputs = Path.Combine(folder, "inputs.json");
            File.WriteAllText(inputs, JsonSerializer.Serialize(new { steps = 15, rows = 5, width = 7, values = window.Series["Sensors"] }));

            // A checkpoint's weights and a model's own file are read alike.
            trainer.Trainer.Save(Path.Combine(folder, "checkpoint"));
            string weights = Path.Combine(folder, "model.safetensors");
            model.Save(weights);
            foreach (string file in (string[])[weights, CheckpointReader.Open(Path.Combine(folder, "checkpoint")).WeightsPath])
            {
                string script = Path.Combine(AppContext.BaseDirectory, "Prediction", "torch_lstm.py");
                TorchOutputs torch = JsonSerializer.Deserialize<TorchOutputs>(PythonTorch.Run(script, file, inputs), JsonSerializerOptions.Web)!;
                CheckClose(torch.Outputs, outputs);
                CheckClose(torch.Hidden, Enumerable.Range(0, 2).SelectMany(layer => Enumerable.Range(0, 5).SelectMany(row => state.Hidden(layer, row).ToArray())).ToArray());
                CheckClose(torch.Cell, Enumerable.Range(0, 2).SelectMany(layer => Enumerable.Range(0, 5).SelectMany(row => state.Cell(layer, row).ToArray())).ToArray());
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [RequiresTorchFact]
    public void Saved_weights_of_both_directions_give_the_same_outputs_in_torch_nn_lstm()
    {
        ModelSource source = new("Model", new ModelSpec(
            new SeriesSpec("Sensors", 7),
            new LstmSpec("Memory", 13) { Layers = 2, Direction = Direction.Both, InputDropout = 0.3, RecurrentDropout = 0.3 },
            new RegressionSpec("Output", 3)))
        {
            BatchSize = 4,
            TimeSteps = 6,
        };
        using CompiledModels models = CompiledModels.Compile(source);
        HostedModel model = models.Create(source);
        using HostedTrainer trainer = model.CreateTrainer(new Adam { LearningRate = 0.02 }, options: new TrainerOptions { Threads = 1 });
        Enumerable.Range(0, 50).ToList().ForEach(step => trainer.Step(TestData.Window(source.Spec, 6, 4, seed: step)));
        ReferenceWindow window = TestData.Window(source.Spec, 15, 5, seed: 1000);
        float[] outputs = model.CreatePredictor(2).Predict(window);
        string folder = Directory.CreateTempSubdirectory("sdcompiler-torch-").FullName;
        try
        {
            string inputs = Path.Combine(folder, "inputs.json");
            File.WriteAllText(inputs, JsonSerializer.Serialize(new { steps = 15, rows = 5, width = 7, values = window.Series["Sensors"] }));
            string weights = Path.Combine(folder, "model.safetensors");
            model.Save(weights);
            string script = Path.Combine(AppContext.BaseDirectory, "Prediction", "torch_lstm.py");
            CheckClose(JsonSerializer.Deserialize<TorchOutputs>(PythonTorch.Run(script, weights, inputs), JsonSerializerOptions.Web)!.Outputs, outputs);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void CheckClose(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double difference = expected.Zip(actual, (a, b) => Math.Abs((double)a - b)).Max();
        Assert.True(difference <= Tolerance, $"the largest difference is {difference:G3}");
    }
}
