using System;
using System.Linq;
using Xunit;

namespace SdCompiler.Benchmarks.Tests;

public sealed class GeneratorCommandTests
{
    /// <summary>The times are the machine's; what each edit compiles anew is the generator's.</summary>
    [Fact]
    public void EachEditCompilesOnlyWhatItTouches()
    {
        BenchmarkRun run = BenchmarkRun.Of("generator", "--models", "3", "--runs", "2");
        Assert.Equal(0, run.ExitCode);
        string[] rows = [.. run.Output.Split(Environment.NewLine).Skip(2).Take(4)];
        Assert.Equal(
            ["first run, compiler cold: 3 3", "a file without models: 0 3", "a value of one model: 1 3", "one model more: 1 4"],
            rows.Select(row => row.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Select(cells => $"{cells[0]}: {cells[2]} {cells[3]}"));
    }
}
