using System.Collections.Generic;

namespace SdCompiler.Trainer.Tests.Reference;

/// <summary>Cross-entropy of one class per row and step, predicted by a mixture of softmaxes.</summary>
internal sealed record MixtureSpec(string Name, int Classes) : LayerSpec(Name)
{
    /// <summary>Softmaxes that are mixed.</summary>
    public int Experts { get; init; } = 3;

    /// <summary>The length of a context; 0 for the width of what the layer reads.</summary>
    public int ContextWidth { get; init; }

    /// <summary>The target without loss.</summary>
    public int IgnoreIndex { get; init; } = -1;

    /// <summary>The embedding whose table is also the softmaxes' weight, or null.</summary>
    public string? TiedTo { get; init; }

    /// <summary>The dimension that gives the number of classes, or null where it is a constant.</summary>
    public string? Dimension { get; init; }

    /// <summary>Drop probability of the contexts.</summary>
    public double LatentDropout { get; init; }

    /// <summary>The pattern at the latent site, where it is not the variant's.</summary>
    public DropoutPattern? LatentPattern { get; init; }

    protected override (string Name, List<string> Arguments) Describe()
    {
        List<string> arguments = [Dimension is null ? Text(Classes) : "nameof(" + Dimension + ")"];
        Add(arguments, "Experts", Text(Experts));
        Add(arguments, "Width", ContextWidth == 0 ? null : Text(ContextWidth));
        Add(arguments, "IgnoreIndex", IgnoreIndex == -1 ? null : Text(IgnoreIndex));
        Add(arguments, "TiedTo", TiedTo is null ? null : "nameof(" + TiedTo + ")");
        Add(arguments, "LatentDropout", Rate(LatentDropout));
        Add(arguments, "LatentPattern", Pattern(LatentPattern));
        return ("MixtureOfSoftmaxes", arguments);
    }
}
