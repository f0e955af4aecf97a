namespace SdCompiler.Trainer.Tests.Reference;

/// <summary>One vector for each word from its characters: an input.</summary>
internal abstract record CharacterSpec(string Name, int Characters, int CharacterWidth) : LayerSpec(Name)
{
    public int MaximumLength { get; init; } = 6;

    /// <summary>The dimension that gives the number of characters, or null where it is a constant.</summary>
    public string? Dimension { get; init; }

    /// <summary>Numbers of a word.</summary>
    public abstract int Outputs { get; }

    /// <summary>The number of characters as an attribute has it.</summary>
    protected string Count => Dimension is null ? Text(Characters) : "nameof(" + Dimension + ")";
}
