namespace SdCompiler;

/// <summary>How long the sources of a window's rows are.</summary>
/// <param name="Steps">Steps of the sources, summed over the rows.</param>
/// <param name="Pairs">Steps of the source times steps of the target, summed over the rows.</param>
public readonly record struct SourceSize(long Steps, long Pairs);
