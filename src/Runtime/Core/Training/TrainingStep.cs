using System;

namespace SdCompiler.Runtime;

/// <summary>One training step as one piece of work: every lane runs it from the masks to the new weights, without returning to the caller in between.</summary>
internal sealed class TrainingStep : ILaneWork
{
    private readonly CpuTrainerBody _body;
    private readonly CpuOptimizerState _optimizer;
    private readonly WindowWriter _writer;
    private readonly LstmState? _carried;
    private bool _goOn;

    public TrainingStep(CpuTrainerBody body, CpuOptimizerState optimizer, WindowWriter writer, LstmState? carried)
    {
        _body = body;
        _optimizer = optimizer;
        _writer = writer;
        _carried = carried;
    }

    /// <summary>The loss: sum over time, mean over rows.</summary>
    public double Loss { get; private set; }

    /// <summary>The gradient's length before clipping; NaN when the loss was already not finite.</summary>
    public double GradientNorm { get; private set; }

    /// <summary>Whether every gradient is that of the last step: not when its loss was not finite, because the backward pass did not run.</summary>
    public bool HasGradient { get; private set; }

    /// <summary>Whether the weights were changed.</summary>
    public bool Applied { get; private set; }

    public void Execute(Lane lane)
    {
        Window window = _body.Window;
        if (lane.Index == 0)
        {
            HasGradient = false;
        }

        lane.Clock?.Begin();
        _body.Masks.Draw(lane, window.Step, window.HasSource ? Math.Max(window.Steps, window.Source.Steps) : window.Steps, window.Rows);
        StateTransfer.Load(lane, _body.Ws, _body.StateSlots, window, _carried, _writer.Order);
        lane.Barrier();
        _body.Forward(lane, window);
        lane.Barrier();
        lane.Enter(StepPhase.Rest);
        if (lane.Index == 0)
        {
            Loss = window.TotalLoss() / window.Rows;
            GradientNorm = double.NaN;
            Applied = false;
            _goOn = double.IsFinite(Loss);
        }

        lane.Barrier();
        if (!_goOn)
        {
            return;
        }

        _body.Backward(lane, window);
        lane.Barrier();
        lane.Enter(StepPhase.Update);
        if (lane.Index == 0)
        {
            Decide();
        }

        lane.Barrier();
        if (!Applied)
        {
            return;
        }

        // Weights and carried state change only here, after all that could go wrong: a skipped step has nothing to put back.
        _optimizer.Apply(lane);
        if (_carried is not null)
        {
            StateTransfer.Store(lane, _body.Ws, _body.StateSlots, window, _carried, _writer.Order);
        }

        lane.Enter(StepPhase.Rest);
    }

    private void Decide()
    {
        HasGradient = true;
        GradientNorm = _optimizer.GradientNorm();
        Applied = _optimizer.TryBeginUpdate(GradientNorm);
    }
}
