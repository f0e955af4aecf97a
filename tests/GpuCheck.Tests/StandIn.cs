using System;
using SdCompiler.Cuda.Tests.Harness;
using SdCompiler.Runtime.Cuda;

namespace SdCompiler.GpuCheck.Tests;

/// <summary>The CPU stand-in for the driver, as the program finds it.</summary>
internal static class StandIn
{
    /// <summary>Names it, so that no test runs on a real device by accident, and a folder beside the tests for compiled kernels.</summary>
    public static void Use()
    {
        Environment.SetEnvironmentVariable(NativeLibraries.StandInVariable, StandInLibrary.Path);
        Environment.SetEnvironmentVariable(KernelCache.Variable, System.IO.Path.Combine(AppContext.BaseDirectory, "kernels"));
    }
}
