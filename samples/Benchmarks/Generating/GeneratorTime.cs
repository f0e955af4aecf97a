using System;

namespace SdCompiler.Samples.Benchmarks.Generating;

/// <summary>One run of the generator.</summary>
/// <param name="Time">How long it took.</param>
/// <param name="Compiled">Models that it compiled anew.</param>
/// <param name="Files">Files that the project has from it.</param>
internal readonly record struct GeneratorTime(TimeSpan Time, int Compiled, int Files);
