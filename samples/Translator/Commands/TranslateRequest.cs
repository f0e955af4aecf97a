namespace SdCompiler.Samples.Translator.Commands;

/// <summary>What <c>translate</c> was asked for.</summary>
internal sealed record TranslateRequest(string Checkpoint, string? Input, string? Output, SearchRequest Search, int? Threads);
