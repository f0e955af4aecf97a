using System;
using SdCompiler.Cuda.Tests.Harness;
using TorchSharp.Doubles;

namespace SdCompiler.Torch.Tests;

/// <summary>While one is alive, libtorch and its device are the doubles.</summary>
internal sealed class LibtorchScope : IDisposable
{
    private readonly Func<string, string, nint> _before = LibtorchAbi.Lookup;

    /// <param name="lookup">What functions there are; null for all of the double.</param>
    /// <param name="onStandIn">Whether memory of the device is that of the stand-in for the driver.</param>
    public LibtorchScope(Func<string, string, nint>? lookup = null, bool onStandIn = false)
    {
        LibtorchAbi.Lookup = lookup ?? Libtorch.Find;
        Device.ToHost = onStandIn ? Copy : (_, _, _) => throw new InvalidOperationException("This test has no device.");
    }

    public void Dispose()
    {
        LibtorchAbi.Lookup = _before;
        Device.ToHost = null;
        Libtorch.Stream = 0;
        Libtorch.Status = 0;
    }

    private static unsafe void Copy(nint to, nint from, long bytes) => StandInDevice.Ok(StandInApi.ToHost((void*)to, from, (nuint)bytes));
}
