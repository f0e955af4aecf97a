using System;
using System.Collections.Generic;
using System.Linq;
using SdCompiler.Runtime;
using SdCompiler.Samples.GpuCheck.Models;
using SdCompiler.Samples.GpuCheck.Textbook;

namespace SdCompiler.Samples.GpuCheck.Verifying;

/// <summary>One model, regime, precision and seed: the GPU's trainer against the textbook in double precision, and against the CPU's trainer.</summary>
/// <param name="Model">The model.</param>
/// <param name="Regime">The regime.</param>
/// <param name="IsTensorFloat32">Whether products may round their factors.</param>
/// <param name="Seed">The seed of weights, masks, states and data.</param>
/// <param name="Device">The number of the GPU.</param>
internal sealed record VerificationCase(CheckModel Model, Regime Regime, bool IsTensorFloat32, long Seed, int Device)
{
    private const double Float32Limit = 1e-5;
    private const double TensorFloat32Limit = 1e-3;

    private double Limit => IsTensorFloat32 ? TensorFloat32Limit : Float32Limit;

    /// <summary>Runs the case.</summary>
    public CaseResult Run()
    {
        CheckData data = new(Model, Seed);
        CheckInstance gpu = Model.Create(Seed), again = Model.Create(Seed), cpu = Model.Create(Seed);
        data.Fill(gpu.Parameters);
        Copy(gpu.Parameters, again.Parameters);
        Copy(gpu.Parameters, cpu.Parameters);
        CheckWindow[] windows = data.Steps();
        CheckWindow large = data.Large();
        using CheckTrainer trainer = Create(gpu, Backends.Cuda);
        data.Fill(trainer.Trainer.State);
        LstmState start = trainer.Trainer.State.Clone();
        CaseResult result = Steps(trainer, windows, out double[] losses);
        result = Evaluate(trainer, large, result);
        double[] evaluated = [trainer.Evaluate(large).TotalLoss];

        using CheckTrainer second = Create(again, Backends.Cuda);
        second.Trainer.State.CopyFrom(start);
        double[] secondLosses = [.. windows.Select(second.Step)];
        double[] secondEvaluated = [second.Evaluate(large).TotalLoss];
        Dictionary<string, double[]> weights = Values(gpu.Parameters), secondWeights = Values(again.Parameters);
        bool same = Same(losses, secondLosses) && Same(evaluated, secondEvaluated) && weights.All(pair => Same(pair.Value, secondWeights[pair.Key]));

        using CheckTrainer onCpu = Create(cpu, Backends.Cpu);
        onCpu.Trainer.State.CopyFrom(start);
        Array.ForEach(windows, window => onCpu.Step(window));
        double worst = Values(cpu.Parameters).Aggregate(0.0, (sum, pair) => Differences.Worse(sum, Differences.Relative(pair.Value, weights[pair.Key])));
        return result with { IsRepeatable = same, Weights = worst };
    }

    private CheckTrainer Create(CheckInstance instance, Backends backend)
    {
        CheckTrainer trainer = instance.CreateTrainer(
            new Sgd { LearningRate = 0.2, ClipNorm = 1 }, Regime, new TrainerOptions { Backend = backend, Device = Device, TensorFloat32 = IsTensorFloat32 });
        if (backend == Backends.Cuda)
        {
            trainer.Engine.Poisons = true;
        }

        return trainer;
    }

    private CaseResult Steps(CheckTrainer trainer, CheckWindow[] windows, out double[] losses)
    {
        TextbookModel textbook = new(trainer.Trainer.Parameters);
        CaseResult result = new(Limit);
        losses = new double[windows.Length];
        for (int i = 0; i < windows.Length; i++)
        {
            CheckWindow window = windows[i];
            Dictionary<string, double[]> values = Values(trainer.Trainer.Parameters);
            Dictionary<string, double[][]> state = States(trainer.Trainer.State, window.Rows);
            losses[i] = trainer.Step(window);
            TextbookPass pass = new(window, new TrainerMultipliers(trainer.Trainer.Masks, window), values, state);
            TextbookResult right = textbook.Run(window, pass.Masks, values, state);
            Dictionary<string, double[][]> next = States(trainer.Trainer.State, window.Rows);
            result = result with
            {
                Loss = Differences.Worse(result.Loss, Differences.Relative([right.Loss], [losses[i]])),
                Gradient = Differences.Worse(result.Gradient, GradientDifference(trainer.Trainer, right)),
                State = right.NextState.Aggregate(
                    result.State, (worst, pair) => Differences.Worse(worst, Differences.Relative(Flat(pair.Value), Flat(next[pair.Key])))),
            };
            if (i == 1)
            {
                // A full window in the middle of a stream: here every unit of every site matters.
                result = result with { WrongMask = WrongMask(trainer.Trainer, textbook, pass, right) };
            }
        }

        return result;
    }

    /// <summary>The check of the check: with one wrong unit in the textbook's mask, the gradients must not agree.</summary>
    private double? WrongMask(LstmTrainer trainer, TextbookModel textbook, TextbookPass pass, TextbookResult right)
    {
        double? least = null;
        foreach (MaskSite site in trainer.Masks.Sites.ToArray().Where(site => site.Drops))
        {
            double difference = 0;

            // A unit that another mask drops anyway changes nothing; the next one may.
            for (int i = 0; i < site.Units && difference == 0; i++)
            {
                FlippedUnit wrong = new(pass.Masks, site, pass.Window.Steps - 1, (int)((Seed + i) % site.Units));
                TextbookResult other = textbook.Run(pass.Window, wrong, pass.Values, pass.State);
                bool matters = right.Gradients.Any(pair => !pair.Value.AsSpan().SequenceEqual(other.Gradients[pair.Key]));
                difference = matters ? GradientDifference(trainer, other) : 0;
            }

            least = least is null ? difference : Math.Min(least.Value, difference);
        }

        return least;
    }

    private CaseResult Evaluate(CheckTrainer trainer, CheckWindow window, CaseResult result)
    {
        TextbookResult right = new TextbookModel(trainer.Trainer.Parameters).Run(
            window, new NoDropout(), Values(trainer.Trainer.Parameters), new Dictionary<string, double[][]>(), training: false);
        Evaluation found = trainer.Evaluate(window);
        int targets = window.Steps * window.Rows;
        int nearTies = IsTensorFloat32 ? targets / 20 : 0;
        bool agree = found.Targets == targets && (found.Correct < 0 ? Model.Vocabulary == 0 : Math.Abs(found.Correct - right.Correct) <= nearTies);
        return result with { Evaluation = Differences.Relative([right.TotalLoss], [found.TotalLoss]), CountsAgree = agree };
    }

    private static double GradientDifference(LstmTrainer trainer, TextbookResult right) =>
        !double.IsFinite(trainer.LastTotalLoss) ? double.NaN : right.Gradients.Aggregate(0.0, (worst, pair) => Differences.Worse(worst, Differences.Relative(pair.Value, trainer.Gradient(pair.Key))));

    private static Dictionary<string, double[]> Values(ModelParameters parameters) => parameters.All.ToDictionary(parameter => parameter.Name, parameter =>
    {
        float[] values = new float[parameter.Count];
        parameter.WriteTo(values);
        return Array.ConvertAll(values, value => (double)value);
    });

    private static void Copy(ModelParameters from, ModelParameters to)
    {
        foreach (Parameter parameter in from.All)
        {
            float[] values = new float[parameter.Count];
            parameter.WriteTo(values);
            to[parameter.Name].ReadFrom(values);
        }
    }

    private static Dictionary<string, double[][]> States(LstmState state, int rows)
    {
        Dictionary<string, double[][]> states = [];
        for (int layer = 0; layer < state.LayerCount; layer++)
        {
            string name = state.LayerNames[layer];
            states[name + ".h"] = [.. Enumerable.Range(0, rows).Select(row => Array.ConvertAll(state.Hidden(layer, row).ToArray(), value => (double)value))];
            states[name + ".c"] = [.. Enumerable.Range(0, rows).Select(row => Array.ConvertAll(state.Cell(layer, row).ToArray(), value => (double)value))];
        }

        return states;
    }

    private static double[] Flat(double[][] rows) => [.. rows.SelectMany(row => row)];

    private static bool Same(double[] left, double[] right) =>
        left.Select(BitConverter.DoubleToInt64Bits).SequenceEqual(right.Select(BitConverter.DoubleToInt64Bits));
}
