using System;
using System.Linq;

namespace SdCompiler.Samples.Benchmarks.Peers;

/// <summary>A process that has ended.</summary>
/// <param name="ExitCode">What it returned.</param>
/// <param name="Output">What it wrote.</param>
/// <param name="Error">What it complained about.</param>
/// <param name="PeakMemoryMb">The most memory that it was seen to have, in 10^6 bytes.</param>
internal sealed record ChildResult(int ExitCode, string Output, string Error, double PeakMemoryMb)
{
    /// <summary>The last line of its complaints, where tools say what is wrong; empty when there is none.</summary>
    /// <param name="before">Comes before the line.</param>
    public string LastErrorLine(string before) =>
        Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() is string line ? before + line.TrimEnd('.') : "";
}
