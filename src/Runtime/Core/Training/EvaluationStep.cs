namespace SdCompiler.Runtime;

/// <summary>The forward pass of one window without masks, as one piece of work.</summary>
internal sealed class EvaluationStep : ILaneWork
{
    private readonly CpuTrainerBody _body;
    private readonly WindowWriter _writer;

    public EvaluationStep(CpuTrainerBody body, WindowWriter writer)
    {
        _body = body;
        _writer = writer;
    }

    /// <summary>The state before the window, and after it.</summary>
    public LstmState? State { get; set; }

    public void Execute(Lane lane)
    {
        Window window = _body.Window;
        StateTransfer.Load(lane, _body.Ws, _body.StateSlots, window, State, _writer.Order);
        lane.Barrier();
        _body.Forward(lane, window);
        lane.Barrier();
        if (State is not null)
        {
            StateTransfer.Store(lane, _body.Ws, _body.StateSlots, window, State, _writer.Order);
        }
    }
}
