using Xunit;

namespace SdCompiler.Trainer.Tests.Harness;

/// <summary>A fact that needs PyTorch; skipped, with the reason, where it is absent.</summary>
public sealed class RequiresTorchFactAttribute : FactAttribute
{
    public RequiresTorchFactAttribute()
    {
        if (PythonTorch.Missing is string reason)
        {
            Skip = reason;
        }
    }
}
