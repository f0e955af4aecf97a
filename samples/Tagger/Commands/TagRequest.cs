namespace SdCompiler.Samples.Tagger.Commands;

/// <summary>What <c>tag</c> was asked for.</summary>
/// <param name="Checkpoint">The checkpoint's folder.</param>
/// <param name="File">The text, or null for standard input.</param>
/// <param name="Columns">Whether it is a column file.</param>
/// <param name="Threads">Threads, or null for all processors.</param>
internal sealed record TagRequest(string Checkpoint, string? File, bool Columns, int? Threads);
