namespace SdCompiler.Runtime.Tests.Training;

/// <summary>The trainer of a <see cref="LeakyModel"/>.</summary>
internal sealed class LeakyTrainer : TokenTrainer
{
    public LeakyTrainer(LeakyBody body, Optimizer optimizer, TrainerOptions options)
        : base(body, optimizer, options) => Body = body;

    public LeakyBody Body { get; }
}
