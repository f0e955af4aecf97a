using System;
using System.Linq;
using SdCompiler.Cuda.Tests.Harness;
using SdCompiler.Samples.GpuCheck.Commands;
using Xunit;

namespace SdCompiler.GpuCheck.Tests;

/// <summary><c>--verify</c> on the stand-in.</summary>
public sealed class VerifyTests
{
    [RequiresStandInFact]
    public void Passes_for_small_models()
    {
        StandIn.Use();
        ProgramRun run = ProgramRun.Of("--verify", "--model", "narrow,sensors", "--precision", "fp32", "--seeds", "1", "--seed", "5");
        Assert.True(run.Code == ExitCodes.Success, run.Output + run.Error);
        Assert.EndsWith("10 passed, 0 failed\n", run.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Equal(10, run.Output.Split('\n').Count(line => line.EndsWith("PASS", StringComparison.Ordinal)));
    }
}
