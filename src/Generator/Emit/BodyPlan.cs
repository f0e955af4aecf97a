using SdCompiler.Generator.Graph;

namespace SdCompiler.Generator.Emit;

/// <summary>One emitted body.</summary>
/// <param name="ClassName">Its class.</param>
/// <param name="Graph">What it executes.</param>
internal sealed record BodyPlan(string ClassName, LstmGraph Graph);
