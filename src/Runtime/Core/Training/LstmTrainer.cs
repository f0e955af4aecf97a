using System;
using System.Collections.Generic;
using SdCompiler.Runtime;

namespace SdCompiler;

/// <summary>
/// What every compiled trainer has, whatever its batches are. A trainer is for one thread at a time; it runs its steps on a team of
/// threads of its own, and gives the same bits for any number of them, or on a GPU.
/// </summary>
public abstract partial class LstmTrainer : IDisposable
{
    private protected LstmTrainer(TrainerBody body, Optimizer optimizer, TrainerOptions? options)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(optimizer);
        Core = new TrainerCore(body, optimizer, options ?? new TrainerOptions());
    }

    /// <summary>The optimizer; its learning rate, clipping and decay may change between steps.</summary>
    public Optimizer Optimizer => Core.Optimizer;

    /// <summary>The state that the next step starts from, one row for each row of a full batch. Reset it where a new text begins.</summary>
    public LstmState State => Core.State;

    /// <summary>Whether steps start from <see cref="State"/> and leave theirs in it.</summary>
    public bool CarriesState => Core.CarriesState;

    /// <summary>Steps taken so far, skipped ones included.</summary>
    public long StepCount => Core.StepCount;

    /// <summary>Steps whose loss or gradient was not finite, or so large (after clipping, times the rate: beyond 1e19) that the update might not be: they changed neither weights, nor optimizer, nor carried state.</summary>
    public long SkippedSteps => Core.SkippedSteps;

    /// <summary>The L2 norm of the last step's gradient over all parameters, before clipping; NaN when its loss was not finite.</summary>
    public double GradientNorm => Core.Engine.GradientNorm;

    /// <summary>Whether the last step changed the weights.</summary>
    public bool LastStepApplied => Core.Engine.Applied;

    /// <summary>How many targets the last step had, ignored ones not counted.</summary>
    public long LastTargets => Core.LastTargets;

    /// <summary>The sum of the losses of the last step's targets; divided by <see cref="LastTargets"/> it is the loss of one target.</summary>
    public double LastTotalLoss => Core.LastTotalLoss;

    /// <summary>The most rows of a step, B.</summary>
    public int BatchSize => Core.Body.Window.BatchSize;

    /// <summary>The most time steps of a step, T.</summary>
    public int TimeSteps => Core.Body.Window.TimeSteps;

    /// <summary>Threads of a step, the caller's included.</summary>
    public int Threads => Core.Engine.Threads;

    /// <summary>What computes the steps: the kernel set, or the device.</summary>
    public string KernelName => Core.Engine.Name;

    /// <summary>Multiply-adds of products executed since the trainer was made, by steps and by evaluations, padding not counted; the plan foretells those of steps.</summary>
    public long MultiplyAdds => Core.Engine.MultiplyAdds;

    /// <summary>What each phase of training steps has cost since the trainer was made; empty unless <see cref="TrainerOptions.MeasurePhases"/> is set.</summary>
    public IReadOnlyList<PhaseTime> PhaseTimes => Core.Engine.PhaseTimes();

    /// <summary>Bytes of the workspace in which all activations lie.</summary>
    public long WorkspaceBytes => Core.Engine.WorkspaceBytes;

    /// <summary>The masks of the last step, for inspection: that dropout is applied is not a matter of trust.</summary>
    public MaskSet Masks => Core.Body.Masks;

    /// <summary>The model's parameters.</summary>
    public ModelParameters Parameters => Core.Body.Parameters;

    /// <summary>Updates whose weights are averaged so far; 0 while nothing is averaged. From the first on, evaluation, predictors, saved models and checkpoints see the averages.</summary>
    public long AveragedUpdates => Core.OptimizerState.AveragingSince is long since ? Core.OptimizerState.Updates - since : 0;

    /// <summary>Whether weights are averaged (<see cref="Asgd"/>).</summary>
    public bool IsAveraging => Core.OptimizerState.AveragingSince is not null;

    internal TrainerCore Core { get; }

    /// <summary>Begins to average the weights after each step from now on, or begins anew.</summary>
    /// <exception cref="InvalidOperationException">The optimizer is not <see cref="Asgd"/>.</exception>
    public void StartAveraging() => Core.OptimizerState.StartAveraging();

    /// <summary>A state of zeros for this model, to evaluate with.</summary>
    /// <param name="rows">How many rows it has.</param>
    public LstmState CreateState(int rows) => new(Core.Body.StateLayers, rows);

    /// <summary>The gradient of the last step by one parameter, before clipping; also when the step was skipped because of its gradient, to see where that is not finite or too large.</summary>
    /// <param name="parameter">The parameter's name in checkpoints, such as <c>Lower.weight_ih_l0</c>.</param>
    /// <returns>A copy in PyTorch's layout.</returns>
    /// <exception cref="ArgumentException">The model has no such parameter, or it is frozen.</exception>
    /// <exception cref="InvalidOperationException">There was no step yet, or the last one ended at a loss that was not finite and computed no gradient.</exception>
    public float[] Gradient(string parameter)
    {
        if (!Core.Engine.HasGradient)
        {
            throw new InvalidOperationException(StepCount == 0
                ? "There is no gradient before the first step; take a step."
                : "The last step has no gradient, because its loss was not finite or it was not finished; ask after a step whose loss is finite.");
        }

        if (Parameters.TryGet(parameter, out Parameter? known) && known!.IsFrozen)
        {
            throw new ArgumentException($"'{parameter}' is not trained and has no gradient; ask for that of another parameter.", nameof(parameter));
        }

        return Core.Engine.Gradient(parameter) ?? throw new ArgumentException($"The model has no parameter '{parameter}'.", nameof(parameter));
    }

    /// <summary>Ends the trainer's threads, or gives the GPU's memory back; the weights stay with the model.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends the trainer's threads, or gives the GPU's memory back; the weights stay with the model.</summary>
    /// <param name="disposing">True when called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            Core.Dispose();
        }
    }
}
