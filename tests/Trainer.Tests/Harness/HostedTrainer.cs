using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using SdCompiler.Trainer.Tests.Reference;

namespace SdCompiler.Trainer.Tests.Harness;

/// <summary>A compiled trainer, with what the comparison with the reference needs.</summary>
internal sealed class HostedTrainer(HostedModel model, LstmTrainer trainer, bool dropsWords) : IDisposable
{
    private ReferenceWindow? _last;

    public HostedModel Model => model;

    /// <summary>The trainer itself.</summary>
    public LstmTrainer Trainer => trainer;

    /// <summary>Trains on a window.</summary>
    public double Step(ReferenceWindow window)
    {
        _last = window;
        return (double)Method("Step", 1).InvokeUnwrapped(trainer, model.Batch(window))!;
    }

    /// <summary>A step on always the same batch, called as a user's code calls it: without reflection, which allocates.</summary>
    public Func<double> DirectStep(ReferenceWindow window)
    {
        LstmBatch batch = model.Batch(window);
        return (Func<double>)typeof(HostedTrainer).GetMethod(nameof(Bind), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(batch.GetType()).InvokeUnwrapped(null, trainer, batch)!;
    }

    /// <summary>Evaluates a window of any size, from zeros or from a state.</summary>
    public Evaluation Evaluate(ReferenceWindow window, LstmState? state = null) => state is null
        ? (Evaluation)Method("Evaluate", 1).InvokeUnwrapped(trainer, model.Batch(window))!
        : (Evaluation)Method("Evaluate", 2).InvokeUnwrapped(trainer, model.Batch(window), state)!;

    /// <summary>The multipliers that the last step used.</summary>
    public IMultipliers LastMultipliers() => new TrainerMultipliers(model.Source.Spec, trainer.Masks, model.Source.BatchSize, _last!, dropsWords);

    /// <summary>The carried state as the reference spells it.</summary>
    public Dictionary<string, double[][]> State(int rows) => Copy(trainer.State, rows);

    /// <summary>Puts a state into the trainer.</summary>
    public void SetState(IReadOnlyDictionary<string, double[][]> state)
    {
        for (int layer = 0; layer < trainer.State.LayerCount; layer++)
        {
            (string h, string c) = Names(trainer.State.LayerNames[layer]);
            for (int row = 0; row < state[h].Length; row++)
            {
                Array.ConvertAll(state[h][row], value => (float)value).CopyTo(trainer.State.Hidden(layer, row));
                Array.ConvertAll(state[c][row], value => (float)value).CopyTo(trainer.State.Cell(layer, row));
            }
        }
    }

    public void Dispose() => trainer.Dispose();

    private static Func<double> Bind<TBatch>(LstmTrainer<TBatch> trainer, TBatch batch)
        where TBatch : LstmBatch => () => trainer.Step(batch);

    private MethodInfo Method(string name, int parameters) => trainer.GetType().GetMethods().Single(method =>
        method.Name == name && method.GetParameters().Length == parameters && typeof(LstmBatch).IsAssignableFrom(method.GetParameters()[0].ParameterType));

    private static Dictionary<string, double[][]> Copy(LstmState state, int rows)
    {
        Dictionary<string, double[][]> copy = [];
        for (int layer = 0; layer < state.LayerCount; layer++)
        {
            (string h, string c) = Names(state.LayerNames[layer]);
            copy[h] = Enumerable.Range(0, rows).Select(row => Array.ConvertAll(state.Hidden(layer, row).ToArray(), value => (double)value)).ToArray();
            copy[c] = Enumerable.Range(0, rows).Select(row => Array.ConvertAll(state.Cell(layer, row).ToArray(), value => (double)value)).ToArray();
        }

        return copy;
    }

    /// <summary>"Lower.0" is the reference's "Lower.h_l0" and "Lower.c_l0".</summary>
    private static (string Hidden, string Cell) Names(string layer)
    {
        int dot = layer.LastIndexOf('.');
        return (layer[..dot] + ".h_l" + layer[(dot + 1)..], layer[..dot] + ".c_l" + layer[(dot + 1)..]);
    }
}
