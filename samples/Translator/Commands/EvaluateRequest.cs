using SdCompiler.Samples.Translator.Data;

namespace SdCompiler.Samples.Translator.Commands;

/// <summary>What <c>evaluate</c> was asked for.</summary>
internal sealed record EvaluateRequest(string Checkpoint, DataOptions Data, TextPart Part, SearchRequest Search, int? Threads, string? Output);
