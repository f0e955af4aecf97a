namespace SdCompiler.Runtime;

/// <summary>A size that a model's constructor was given.</summary>
/// <param name="Name">The dimension's name, such as <c>Vocabulary</c>.</param>
/// <param name="Value">The size.</param>
public readonly record struct ModelDimension(string Name, int Value);
