using Xunit;

namespace SdCompiler.GpuCheck.Tests;

/// <summary>The emitted kernels on a real GPU: what the stand-in cannot show.</summary>
public sealed class RealGpuTests
{
    [RequiresGpuFact]
    public void Every_small_model_passes()
    {
        ProgramRun run = RealGpu.Run("--verify");
        Assert.True(run.Code == 0, run.Output + run.Error);
        Assert.EndsWith(" 0 failed", run.Output.TrimEnd(), System.StringComparison.Ordinal);
    }
}
