using SdCompiler.Generator.Model;

namespace SdCompiler.Generator.Parsing;

/// <summary>What the parser makes of an annotated class. The contract of <see cref="LstmModel"/> holds here too.</summary>
/// <param name="Model">The model, with its diagnostics.</param>
/// <param name="Place">The class's name in its file: where a pass's diagnostics are shown.</param>
internal sealed record ParsedModel(LstmModel Model, SourcePlace Place);
