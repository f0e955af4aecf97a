using SdCompiler.Generator.Model;

namespace SdCompiler.Generator;

/// <summary>What the compiler makes of one model.</summary>
/// <param name="HintName">The name of the emitted file.</param>
/// <param name="Source">Its text, or empty when nothing can be emitted.</param>
/// <param name="Diagnostics">What only a pass can know. A model has no places, so neither have these (<see cref="DiagnosticInfo.Unplaced"/>): they are shown on the class's name.</param>
internal sealed record CompiledModel(string HintName, string Source, EquatableArray<DiagnosticInfo> Diagnostics);
