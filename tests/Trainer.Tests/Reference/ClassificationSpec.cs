using System.Collections.Generic;

namespace SdCompiler.Trainer.Tests.Reference;

/// <summary>Cross-entropy of one class per row, from the state at the row's last step.</summary>
internal sealed record ClassificationSpec(string Name, int Classes) : LayerSpec(Name)
{
    /// <summary>The target without loss.</summary>
    public int IgnoreIndex { get; init; } = -1;

    protected override (string Name, List<string> Arguments) Describe()
    {
        List<string> arguments = [Text(Classes)];
        Add(arguments, "IgnoreIndex", IgnoreIndex == -1 ? null : Text(IgnoreIndex));
        return ("Classification", arguments);
    }
}
