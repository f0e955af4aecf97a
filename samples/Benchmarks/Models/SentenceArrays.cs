namespace SdCompiler.Samples.Benchmarks.Models;

/// <summary>Sentences side by side, time-major.</summary>
/// <param name="Lengths">Words of each.</param>
/// <param name="Words">[steps, rows].</param>
/// <param name="Characters">[steps, rows, places of a word]; -1 behind a word's end.</param>
/// <param name="Tags">[steps, rows].</param>
internal sealed record SentenceArrays(int[] Lengths, int[] Words, int[] Characters, int[] Tags);
