using System.Runtime.InteropServices;
using SdCompiler.Cuda.Tests.Harness;

namespace SdCompiler.Cuda.Tests;

/// <summary>What only the stand-in can do: fail on request, and count.</summary>
internal static unsafe class StandInControl
{
    /// <summary>Lets the next call of a function fail.</summary>
    public static void FailNext(string api, int code)
    {
        nint text = Marshal.StringToCoTaskMemUTF8(api);
        StandInApi.FailNext((byte*)text, code);
        Marshal.FreeCoTaskMem(text);
    }

    /// <summary>Bytes of the device that are allocated now.</summary>
    public static long LiveDeviceBytes() => StandInDevice.Counters()[2];

    /// <summary>How often NVRTC compiled something.</summary>
    public static long Compilations() => StandInDevice.Counters()[5];
}
