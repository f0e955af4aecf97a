using System;
using SdCompiler.Cuda.Tests.Harness;
using SdCompiler.Runtime.Cuda;

namespace SdCompiler.Cuda.Tests;

/// <summary>The stand-in as the product sees it.</summary>
internal static class TestDevice
{
    /// <summary>Opens the device after naming the stand-in, so that no test runs on a real one by accident.</summary>
    public static CudaDevice Open()
    {
        Environment.SetEnvironmentVariable(NativeLibraries.StandInVariable, StandInLibrary.Path);
        return CudaDevice.Open(0);
    }
}
