namespace SdCompiler;

/// <summary>How a trainer runs. Threads change no bit, kernel sets results within rounding; whether state is carried changes what is trained.</summary>
public sealed class TrainerOptions
{
    /// <summary>What the trainer runs on: one of the backends that the model is compiled for.</summary>
    public Backends Backend { get; set; } = Backends.Cpu;

    /// <summary>The number of the GPU, as CUDA counts them from 0. Only for GPUs.</summary>
    public int Device { get; set; }

    /// <summary>Whether a GPU may round the factors of its dense products to 10 binary digits (tf32), which its matrix units multiply several times as fast. Only for GPUs.</summary>
    public bool TensorFloat32 { get; set; }

    /// <summary>Threads of the step, the caller's included; 0 takes as many as the machine (or container) has processors. Results are the same bits for any number. A GPU does not need them, whatever the number.</summary>
    public int Threads { get; set; }

    /// <summary>The kernel set to use, such as "Reference" or "Vector256"; null takes the best that the processor has. Only for the CPU.</summary>
    public string? Kernels { get; set; }

    /// <summary>Whether the state after a step is where the next step starts (truncated back-propagation over a stream); false starts every step at zero, for independent sequences, as models whose rows are whole sentences always do.</summary>
    public bool CarryState { get; set; } = true;

    /// <summary>Whether the trainer measures what each phase of its steps costs (<see cref="LstmTrainer.PhaseTimes"/>). Costs less than a thousandth of a step; changes no result. Only on the CPU.</summary>
    public bool MeasurePhases { get; set; }

    /// <summary>Orders the threads of the step, for tests; null where they run at the same time.</summary>
    internal Runtime.LaneTurns? Turns { get; init; }
}
