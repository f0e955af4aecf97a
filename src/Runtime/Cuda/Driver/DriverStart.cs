using System;
using System.Threading;

namespace SdCompiler.Runtime.Cuda;

/// <summary>Loads and initialises the driver, once.</summary>
internal static class DriverStart
{
    /// <summary>CUDA 11.4, the first whose driver has every function that is imported.</summary>
    public const int OldestVersion = 11040;

    private static readonly Lock gate = new();
    private static int count;

    /// <summary>The driver's CUDA version, such as 13000; 0 as long as it is unknown.</summary>
    public static int Version { get; private set; }

    /// <summary>Starts the driver if it is not running yet.</summary>
    /// <param name="devices">How many devices it has.</param>
    /// <returns>Why it cannot be used, or null. A failure is not remembered: the next call tries again.</returns>
    public static CudaException? Try(out int devices)
    {
        lock (gate)
        {
            CudaException? error = null;
            if (count == 0)
            {
                try
                {
                    Start();
                }
                catch (CudaException e)
                {
                    error = e;
                }
                catch (EntryPointNotFoundException e)
                {
                    error = new CudaException($"The CUDA driver that was found lacks a function: {e.Message} Update the NVIDIA driver.", CudaStatus.InsufficientDriver, e);
                }
            }

            devices = count;
            return error;
        }
    }

    /// <summary>13000 is "13.0".</summary>
    public static string Text(int version) => FormattableString.Invariant($"{version / 1000}.{version % 1000 / 10}");

    /// <summary>Refuses a driver that is too old.</summary>
    /// <exception cref="CudaException">It is.</exception>
    internal static void CheckVersion(int version)
    {
        if (version < OldestVersion)
        {
            throw new CudaException(
                $"The CUDA driver of this machine is for CUDA {Text(version)}; SdCompiler needs one for CUDA {Text(OldestVersion)} or newer. Update the NVIDIA driver.",
                CudaStatus.InsufficientDriver);
        }
    }

    private static void Start()
    {
        NativeLibraries.Require(CudaLibraries.Driver);

        // Before cuInit, and allowed there: a driver that is too old is then named even where cuInit fails.
        Check.Driver(DriverApi.cuDriverGetVersion(out int version), nameof(DriverApi.cuDriverGetVersion));
        CheckVersion(version);
        Version = version;
        NativeLibraries.DriverMajor = version / 1000;
        Check.Driver(DriverApi.cuInit(0), nameof(DriverApi.cuInit));
        Check.Driver(DriverApi.cuDeviceGetCount(out int found), nameof(DriverApi.cuDeviceGetCount));
        if (found == 0)
        {
            throw new CudaException($"The CUDA driver finds no device. {CudaStatus.Advice(CudaStatus.NoDevice)}", CudaStatus.NoDevice);
        }

        count = found;
    }
}
