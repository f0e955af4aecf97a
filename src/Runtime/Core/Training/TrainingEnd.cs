namespace SdCompiler;

/// <summary>Why a training run ended.</summary>
public enum TrainingEnd
{
    /// <summary>All epochs are done.</summary>
    Completed = 0,

    /// <summary>The validation figure stopped improving.</summary>
    StoppedEarly = 1,

    /// <summary>The step limit was reached.</summary>
    StepLimit = 2,

    /// <summary>It was cancelled; the current step was finished first.</summary>
    Cancelled = 3,
}
