using System;
using System.Collections.Generic;

namespace SdCompiler.Runtime;

/// <summary>Runs the steps of a CPU body on a team of threads.</summary>
internal sealed class CpuStepEngine : StepEngine
{
    private readonly CpuTrainerBody _body;
    private readonly CpuOptimizerState _optimizer;
    private readonly TrainingStep _training;
    private readonly EvaluationStep _evaluation;
    private readonly WorkerTeam _team;

    public CpuStepEngine(CpuTrainerBody body, Optimizer optimizer, TrainerOptions options, WindowWriter writer, LstmState? carried)
    {
        _body = body;
        KernelSet kernels = options.Kernels is null ? KernelSet.Best : KernelSet.ByName(options.Kernels);
        _optimizer = new CpuOptimizerState(optimizer, body.Parameters, body.Gradients, kernels);
        _training = new TrainingStep(body, _optimizer, writer, carried);
        _evaluation = new EvaluationStep(body, writer);
        Name = kernels.Name;
        _team = new WorkerTeam(options.Threads, kernels, options.Turns);
        foreach (Lane lane in _team.Lanes)
        {
            lane.Clock = options.MeasurePhases ? new PhaseClock() : null;
        }
    }

    public override OptimizerState OptimizerState => _optimizer;

    public override string Name { get; }

    public override int Threads => _team.Count;

    public override long MultiplyAdds => _team.MultiplyAdds;

    public override long WorkspaceBytes => _body.Ws.Bytes;

    public override void Train()
    {
        _optimizer.BeginStep();
        HasGradient = false; // stays so when the step does not come to its end
        try
        {
            _team.Run(_training);
        }
        finally
        {
            _body.Parameters.Version++; // also where a step breaks off in the middle of the update
            _optimizer.EndStep();
        }

        Loss = _training.Loss;
        GradientNorm = _training.GradientNorm;
        HasGradient = _training.HasGradient;
        Applied = _training.Applied;
    }

    public override void Evaluate(LstmState? state)
    {
        _body.Parameters.BringHome();
        _evaluation.State = state;
        _team.Run(_evaluation);
    }

    public override float[]? Gradient(string parameter)
    {
        foreach (ParameterGradient gradient in _body.Gradients)
        {
            if (gradient.Parameter.Name == parameter)
            {
                var copy = new float[gradient.Parameter.Count];
                gradient.WriteTo(copy);
                return copy;
            }
        }

        return null;
    }

    /// <summary>Time of lane 0 and multiply-adds of all lanes, phase by phase; empty when nobody asked for them.</summary>
    public override IReadOnlyList<PhaseTime> PhaseTimes()
    {
        ReadOnlySpan<Lane> lanes = _team.Lanes;
        if (lanes[0].Clock is not PhaseClock first)
        {
            return [];
        }

        var times = new PhaseTime[PhaseClock.Phases];
        for (int i = 0; i < times.Length; i++)
        {
            var phase = (StepPhase)i;
            long multiplyAdds = 0;
            foreach (Lane lane in lanes)
            {
                multiplyAdds += lane.Clock!.MultiplyAdds(phase);
            }

            times[i] = new PhaseTime(phase, first.Time(phase), multiplyAdds);
        }

        return times;
    }

    public override void Dispose() => _team.Dispose();
}
