namespace SdCompiler.Samples.Benchmarks.Models;

/// <summary>A dropout regime that a model is compiled for.</summary>
/// <param name="Name">The name of the plan's variant.</param>
/// <param name="Pattern">The value of <c>--pattern</c>.</param>
/// <param name="Sites">The value of <c>--sites</c>; <see cref="None"/> without dropout, <see cref="Own"/> for a model with places of its own.</param>
internal sealed record StepVariant(string Name, string Pattern, string Sites)
{
    /// <summary>The sites of the dense regime.</summary>
    public const string None = "none";

    /// <summary>The sites of a model that leaves no choice.</summary>
    public const string Own = "own";

    /// <summary>No dropout; every model has it.</summary>
    public static StepVariant Dense { get; } = new("Dense", "dense", None);

    /// <summary>Whether there is an option that chooses the sites.</summary>
    public bool HasChoice => Chooses(Sites);

    /// <summary>As people write it: "structured, nr+rh".</summary>
    public string Text => HasChoice ? $"{Pattern}, {Sites}" : Pattern;

    /// <summary>Whether sites are a value of <c>--sites</c>.</summary>
    public static bool Chooses(string sites) => sites is not (None or Own);
}
