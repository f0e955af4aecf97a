namespace SdCompiler.Samples.Benchmarks.Models;

/// <summary>Pairs of sentences side by side, time-major.</summary>
/// <param name="SourceLengths">Words of each source.</param>
/// <param name="Source">[source steps, rows].</param>
/// <param name="Lengths">Words of each target.</param>
/// <param name="Inputs">What the decoder reads, [steps, rows].</param>
/// <param name="Targets">What it has to write, [steps, rows]; behind a sentence's end nobody reads.</param>
internal sealed record PairArrays(int[] SourceLengths, int[] Source, int[] Lengths, int[] Inputs, int[] Targets);
