using Xunit;

namespace SdCompiler.Cuda.Tests.Harness;

/// <summary>A fact that runs on the stand-in for the CUDA driver; skipped, with the reason, where it cannot be built.</summary>
public sealed class RequiresStandInFactAttribute : FactAttribute
{
    public RequiresStandInFactAttribute()
    {
        if (StandInLibrary.Missing is string reason)
        {
            Skip = reason;
        }
    }
}
