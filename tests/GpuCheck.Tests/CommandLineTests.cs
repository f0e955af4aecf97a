using System;
using System.Diagnostics;
using System.IO;
using SdCompiler.Cuda.Tests.Harness;
using SdCompiler.Runtime.Cuda;
using SdCompiler.Samples.GpuCheck.Commands;
using Xunit;

namespace SdCompiler.GpuCheck.Tests;

/// <summary>What the program says when it cannot do what it was asked for.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("", "Say what to do")]
    [InlineData("--verify --model", "--model needs a value.")]
    [InlineData("--bench --precision fp8", "There is no precision 'fp8'; use fp32, tf32 or both.")]
    [InlineData("--bench --batch 20,x", "--batch is 'x'; use a whole number from 1 up.")]
    [InlineData("--bench --seconds 0", "--seconds is '0'; use a number above 0.")]
    [InlineData("--verify --csv a.csv", "--csv is for --bench; leave it out, or add --bench.")]
    [InlineData("--bench --csv no/such/folder/a.csv", "--csv is 'no/such/folder/a.csv', whose folder does not exist; make it first.")]
    [InlineData("--bench --seed 4", "--seed is for --verify; leave it out, or add --verify.")]
    [InlineData("--verfy", "There is no option '--verfy'.")]
    [InlineData("--verify --model huge", "There is no model 'huge' here; there are narrow,")]
    [InlineData("--bench --model narrow", "There is no model 'narrow' here; there are medium,")]
    [InlineData("--bench --batch 21", "No such model is compiled for batches of 21;")]
    public void Wrong_options(string line, string message)
    {
        ProgramRun run = ProgramRun.Of(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(ExitCodes.Usage, run.Code);
        Assert.StartsWith(message, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void Help()
    {
        ProgramRun run = ProgramRun.Of("--help");
        Assert.Equal(ExitCodes.Success, run.Code);
        Assert.Contains("--verify", run.Output, StringComparison.Ordinal);
    }

    [RequiresStandInFact]
    public void No_such_device()
    {
        StandIn.Use();
        ProgramRun run = ProgramRun.Of("--verify", "--device", "7");
        Assert.Equal(ExitCodes.NoDevice, run.Code);
        Assert.StartsWith("There is no CUDA device 7: the driver finds 1,", run.Error, StringComparison.Ordinal);
    }

    [RequiresStandInFact]
    public void List()
    {
        StandIn.Use();
        ProgramRun run = ProgramRun.Of("--list");
        Assert.Equal(ExitCodes.Success, run.Code);
        Assert.Contains("--bench  h1150: B = 20, 64, 256, T = 35", run.Output, StringComparison.Ordinal);
        Assert.Contains("device 0: ", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--verify")]
    [InlineData("--bench")]
    [InlineData("--list")]
    public void No_driver(string option)
    {
        // In a process of its own: this one may have found a driver already.
        ProcessStartInfo start = new(Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "gpucheck.exe" : "gpucheck"), [option])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[NativeLibraries.StandInVariable] = Path.Combine(AppContext.BaseDirectory, "no such library");
        using Process process = Process.Start(start)!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(ExitCodes.NoDevice, process.ExitCode);
        Assert.StartsWith("The CUDA driver was not found:", error, StringComparison.Ordinal);
        Assert.Contains("train on the CPU", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
    }
}
