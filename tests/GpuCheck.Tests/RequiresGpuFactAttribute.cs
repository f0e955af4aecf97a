using Xunit;

namespace SdCompiler.GpuCheck.Tests;

/// <summary>A fact that needs an NVIDIA GPU; skipped, with the driver's reason, where there is none.</summary>
public sealed class RequiresGpuFactAttribute : FactAttribute
{
    public RequiresGpuFactAttribute()
    {
        if (RealGpu.Missing is string reason)
        {
            Skip = reason;
        }
    }
}
