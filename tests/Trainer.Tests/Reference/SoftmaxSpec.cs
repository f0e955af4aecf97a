using System.Collections.Generic;

namespace SdCompiler.Trainer.Tests.Reference;

/// <summary>Cross-entropy of one class per row and step.</summary>
internal sealed record SoftmaxSpec(string Name, int Classes) : LayerSpec(Name)
{
    /// <summary>The target without loss.</summary>
    public int IgnoreIndex { get; init; } = -1;

    /// <summary>The embedding whose table is also this layer's weight, or null.</summary>
    public string? TiedTo { get; init; }

    /// <summary>The dimension that gives the number of classes, or null where it is a constant.</summary>
    public string? Dimension { get; init; }

    /// <summary>The share of the target that all classes get.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>The embedding whose next token it predicts, or null.</summary>
    public string? Predicts { get; init; }

    protected override (string Name, List<string> Arguments) Describe()
    {
        List<string> arguments = [Dimension is null ? Text(Classes) : "nameof(" + Dimension + ")"];
        Add(arguments, "IgnoreIndex", IgnoreIndex == -1 ? null : Text(IgnoreIndex));
        Add(arguments, "LabelSmoothing", Rate(LabelSmoothing));
        Add(arguments, "TiedTo", TiedTo is null ? null : "nameof(" + TiedTo + ")");
        Add(arguments, "Predicts", Predicts is null ? null : "nameof(" + Predicts + ")");
        return ("Softmax", arguments);
    }
}
