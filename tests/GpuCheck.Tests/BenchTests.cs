using System;
using System.IO;
using System.Linq;
using SdCompiler.Cuda.Tests.Harness;
using SdCompiler.Samples.GpuCheck.Commands;
using Xunit;

namespace SdCompiler.GpuCheck.Tests;

/// <summary><c>--bench</c> on the stand-in: that it runs and writes what it measured, not what that is.</summary>
public sealed class BenchTests
{
    [RequiresStandInFact]
    public void Writes_a_row_for_each_case()
    {
        StandIn.Use();
        string file = Path.Combine(AppContext.BaseDirectory, "bench.csv");
        ProgramRun run = ProgramRun.Of("--bench", "--model", "tiny", "--batch", "20", "--precision", "fp32", "--seconds", "0.001", "--csv", file);
        Assert.True(run.Code == ExitCodes.Success, run.Output + run.Error);
        string[][] rows = [.. File.ReadAllLines(file).Select(line => line.Split(',', 19))];
        Assert.Equal(4, rows.Length);
        Assert.All(rows, row => Assert.Equal(19, row.Length));
        Assert.Equal(["dense", "structured", "structured-fixed"], rows[1..].Select(row => row[Array.IndexOf(rows[0], "regime")]));
        Assert.All(rows[1..], row => Assert.True(double.Parse(row[Array.IndexOf(rows[0], "step_ms")], System.Globalization.CultureInfo.InvariantCulture) > 0));
        Assert.Equal("1", rows[1][Array.IndexOf(rows[0], "speedup")]);
        Assert.All(rows[1..], row => Assert.StartsWith("gpucheck --bench --model tiny", row[^1], StringComparison.Ordinal));
    }

    [RequiresStandInFact]
    public void Baseline_has_the_same_columns()
    {
        string script = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "baseline.py"));
        Assert.All(Samples.GpuCheck.Measuring.CsvFile.Columns, column => Assert.Contains($"\"{column}\"", script, StringComparison.Ordinal));
    }
}
