namespace SdCompiler.Runtime;

/// <summary>A second name of one parameter, for layers that share it.</summary>
/// <param name="Alias">The second name, such as <c>Words.weight</c>.</param>
/// <param name="Parameter">The parameter's own name, such as <c>NextWord.weight</c>.</param>
public readonly record struct TiedName(string Alias, string Parameter);
