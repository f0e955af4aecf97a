using SdCompiler.Generator.Model;

namespace SdCompiler.Generator.Parsing;

/// <summary>The file name of a model whose own would differ from another's only in case.</summary>
/// <param name="Own">The name that the model has by itself.</param>
/// <param name="Resolved">The name that no other model has.</param>
internal sealed record HintName(string Own, string Resolved);
