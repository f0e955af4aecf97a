namespace SdCompiler.Samples.Shared.Training;

/// <summary>What a program judges a model by.</summary>
/// <param name="Name">As people say it: "perplexity", "F1".</param>
/// <param name="Key">As it ends a key of the metrics file: "perplexity", "f1".</param>
/// <param name="Format">How a value is written.</param>
/// <param name="Logarithmic">Whether a chart shows it on a logarithmic axis.</param>
internal sealed record Measure(string Name, string Key, string Format, bool Logarithmic)
{
    /// <summary>The perplexity of a text.</summary>
    public static Measure Perplexity { get; } = new("perplexity", "perplexity", "0.00", Logarithmic: true);
}
