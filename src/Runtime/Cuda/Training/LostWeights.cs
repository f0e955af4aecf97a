using System;

namespace SdCompiler.Runtime.Cuda;

/// <summary>Where a model's newest values are after its device failed: nowhere. Older ones must not pass for them.</summary>
internal sealed class LostWeights(CudaException cause) : IParameterHost
{
    /// <exception cref="InvalidOperationException">Always.</exception>
    public void BringHome() => throw new InvalidOperationException($"The newest weights were lost with the GPU that trained them ({cause.Message}); load the last checkpoint.", cause);
}
