using System.Collections.Generic;

namespace SdCompiler.Trainer.Tests.Reference;

/// <summary>Global attention over the states of an encoder.</summary>
internal sealed record AttentionSpec(string Name, string Encoder) : LayerSpec(Name)
{
    /// <summary>How states are scored.</summary>
    public AttentionScore Score { get; init; } = AttentionScore.General;

    protected override (string Name, List<string> Arguments) Describe()
    {
        List<string> arguments = ["nameof(" + Encoder + ")"];
        Add(arguments, "Score", Score == AttentionScore.General ? null : "AttentionScore." + Score);
        return ("Attention", arguments);
    }
}
