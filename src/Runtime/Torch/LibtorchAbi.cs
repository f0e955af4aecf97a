using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using TorchSharp;

namespace SdCompiler.Torch;

/// <summary>
/// The few functions of libtorch's C ABI that TorchSharp does not have (torch/csrc/inductor/aoti_torch/c/shim.h, torch/csrc/stable/c/shim.h), looked up
/// when they are first called. The order of their parameters is that of libtorch 2.10; older ones had another. A handle is <c>at::Tensor*</c>, which is what <c>Tensor.Handle</c> is. They return 0 where all is well.
/// </summary>
internal static unsafe class LibtorchAbi
{
    private const int Float32 = 6; // c10::ScalarType::Float
    private const int Cuda = 1;    // c10::DeviceType::CUDA

    private static readonly Lock gate = new();
    private static readonly Dictionary<string, nint> loaded = [];

    /// <summary>Finds a function: the library without prefix and ending, the function's name; 0 where the library does not have it. Tests put a double here.</summary>
    internal static Func<string, string, nint> Lookup { get; set; } = InLibtorch;

    /// <summary>Torch's current stream of the calling thread.</summary>
    public static nint CurrentStream(int device)
    {
        const string Name = "aoti_torch_get_current_cuda_stream";
        var get = (delegate* unmanaged<int, nint*, int>)Find("torch_cuda", Name);
        nint stream;
        Check(get(device, &stream), Name);
        return stream;
    }

    /// <summary>Sets torch's current stream of the calling thread.</summary>
    public static void SetStream(nint stream, int device)
    {
        const string Name = "torch_set_current_cuda_stream";
        var set = (delegate* unmanaged<nint, int, int>)Find("torch_cuda", Name);
        Check(set(stream, device), Name);
    }

    /// <summary>A float32 tensor over memory of ours on a CUDA device, contiguous; torch never frees it.</summary>
    public static torch.Tensor View(nint data, ReadOnlySpan<long> shape, int device)
    {
        const string Name = "aoti_torch_create_tensor_from_blob";
        var create = (delegate* unmanaged<nint, long, long*, long*, long, int, int, int, nint*, int>)Find("torch_cpu", Name);
        Span<long> strides = stackalloc long[shape.Length];
        long stride = 1;
        for (int i = shape.Length - 1; i >= 0; i--)
        {
            strides[i] = stride;
            stride *= shape[i];
        }

        nint tensor;
        fixed (long* sizes = shape, steps = strides)
        {
            Check(create(data, shape.Length, sizes, steps, 0, Float32, Cuda, device, &tensor), Name);
        }

        return torch.Tensor.UnsafeCreateTensor(tensor);
    }

    private static nint Find(string library, string name)
    {
        nint found = Lookup(library, name);
        return found != 0 ? found : throw new EntryPointNotFoundException(
            $"libtorch's function '{name}' is not in {TorchLibraries.FileName(library)}. It needs libtorch 2.10 or newer, which TorchSharp 0.106 uses: update TorchSharp and the libtorch package of the application.");
    }

    private static void Check(int status, string name)
    {
        if (status != 0)
        {
            throw new InvalidOperationException($"libtorch's function '{name}' failed (status {status}); libtorch has written the reason to the standard error output.");
        }
    }

    private static nint InLibtorch(string library, string name)
    {
        lock (gate)
        {
            if (!loaded.TryGetValue(library, out nint handle))
            {
                handle = Load(library);
                loaded.Add(library, handle);
            }

            return NativeLibrary.TryGetExport(handle, name, out nint found) ? found : 0;
        }
    }

    /// <summary>The library that TorchSharp has loaded, or would load.</summary>
    private static nint Load(string library)
    {
        string file = TorchLibraries.FileName(library);
        List<string> folders = TorchLibraries.Candidates();
        foreach (string folder in folders)
        {
            string path = Path.Combine(folder, file);
            if (File.Exists(path) && NativeLibrary.TryLoad(path, out nint found))
            {
                return found;
            }
        }

        return NativeLibrary.TryLoad(file, out nint byName)
            ? byName
            : throw new DllNotFoundException(
                $"libtorch ({file}) was not found: looked in {string.Join(", ", folders)} and the system's library path. The application needs one package with libtorch for CUDA, TorchSharp-cuda-linux or TorchSharp-cuda-windows.");
    }
}
