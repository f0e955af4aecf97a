using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;

namespace SdCompiler.Runtime.Cuda;

/// <summary>Compiles CUDA C with NVRTC into an image for one architecture.</summary>
internal static unsafe class KernelCompiler
{
    /// <summary>NVRTC's version, such as 13.0.</summary>
    public static string Version()
    {
        NativeLibraries.Require(CudaLibraries.Nvrtc);
        Check.Nvrtc(NvrtcApi.nvrtcVersion(out int major, out int minor), nameof(NvrtcApi.nvrtcVersion));
        return FormattableString.Invariant($"{major}.{minor}");
    }

    /// <summary>Compiles.</summary>
    /// <param name="name">The file name that the compiler's messages give.</param>
    /// <param name="source">CUDA C.</param>
    /// <param name="options">All options.</param>
    /// <exception cref="CudaException">It does not compile; the message holds the compiler's.</exception>
    public static byte[] Compile(string name, string source, IReadOnlyList<string> options)
    {
        NativeLibraries.Require(CudaLibraries.Nvrtc);
        Check.Nvrtc(NvrtcApi.nvrtcCreateProgram(out nint program, source, name, 0, null, null), nameof(NvrtcApi.nvrtcCreateProgram));
        try
        {
            int status = Run(program, options);
            if (status != CudaStatus.Success)
            {
                throw Failure(status, name, options, Log(program));
            }

            Check.Nvrtc(NvrtcApi.nvrtcGetCUBINSize(program, out nuint bytes), nameof(NvrtcApi.nvrtcGetCUBINSize));
            byte[] image = new byte[checked((int)bytes)];
            fixed (byte* start = image)
            {
                Check.Nvrtc(NvrtcApi.nvrtcGetCUBIN(program, start), nameof(NvrtcApi.nvrtcGetCUBIN));
            }

            return image;
        }
        finally
        {
            _ = NvrtcApi.nvrtcDestroyProgram(ref program);
        }
    }

    private static int Run(nint program, IReadOnlyList<string> options)
    {
        nint[] texts = new nint[options.Count];
        try
        {
            for (int i = 0; i < texts.Length; i++)
            {
                texts[i] = Marshal.StringToCoTaskMemUTF8(options[i]);
            }

            fixed (nint* start = texts)
            {
                return NvrtcApi.nvrtcCompileProgram(program, texts.Length, (byte**)start);
            }
        }
        finally
        {
            foreach (nint text in texts)
            {
                Marshal.FreeCoTaskMem(text);
            }
        }
    }

    private static string Log(nint program)
    {
        Check.Nvrtc(NvrtcApi.nvrtcGetProgramLogSize(program, out nuint bytes), nameof(NvrtcApi.nvrtcGetProgramLogSize));
        byte[] log = new byte[checked((int)bytes)];
        fixed (byte* start = log)
        {
            Check.Nvrtc(NvrtcApi.nvrtcGetProgramLog(program, start), nameof(NvrtcApi.nvrtcGetProgramLog));
        }

        return Encoding.UTF8.GetString(log).TrimEnd('\0', '\n', ' ');
    }

    private static CudaException Failure(int status, string name, IReadOnlyList<string> options, string log)
    {
        string advice = status switch
        {
            CudaStatus.NvrtcCompilation => "An error in emitted code is a fault of the generator: please report it with these lines.",
            CudaStatus.NvrtcInvalidOption => $"NVRTC {Version()} may be too old for this device: use one of a newer CUDA version.",
            _ => "NVRTC's documentation explains its names and numbers.",
        };
        return new CudaException(
            $"{nameof(NvrtcApi.nvrtcCompileProgram)} failed for '{name}': {Check.NvrtcText(status)} ({status}), with {string.Join(' ', options)}. {advice}\n{log}", status);
    }
}
