using System.Collections.Generic;

namespace SdCompiler.Trainer.Tests.Reference;

/// <summary>x[t] = table[token], the whole row times the word's multiplier.</summary>
internal sealed record EmbeddingSpec(string Name, int Tokens, int Width) : LayerSpec(Name)
{
    /// <summary>Drop probability of a whole word.</summary>
    public double WordDropout { get; init; }

    /// <summary>The dimension that gives the number of tokens, or null where it is a constant.</summary>
    public string? Dimension { get; init; }

    /// <summary>Whether training changes the table.</summary>
    public bool Trainable { get; init; } = true;

    protected override (string Name, List<string> Arguments) Describe()
    {
        List<string> arguments = [Dimension is null ? Text(Tokens) : "nameof(" + Dimension + ")", Text(Width)];
        Add(arguments, "WordDropout", Rate(WordDropout));
        Add(arguments, "Trainable", Trainable ? null : "false");
        return ("Embedding", arguments);
    }
}
