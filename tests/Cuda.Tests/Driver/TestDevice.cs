using System;
using SdCompiler.Cuda.Tests.Harness;
using SdCompiler.Runtime.Cuda;

namespace SdCompiler.Cuda.Tests;

/// <summary>The stand-in as the product sees it.</summary>
internal static class TestDevice
{
    /// <summary>Opens the device after naming the stand-in, so that no test runs on a real one by accident, and a folder beside the tests for compiled kernels.</summary>
    public static CudaDevice Open()
    {
        Environment.SetEnvironmentVariable(NativeLibraries.StandInVariable, StandInLibrary.Path);
        Environment.SetEnvironmentVariable(KernelCache.Variable, System.IO.Path.Combine(AppContext.BaseDirectory, "kernels"));
        return CudaDevice.Open(0);
    }
}
