using System;
using System.Runtime.InteropServices;

namespace TorchSharp.Doubles;

/// <summary>The functions of libtorch's C ABI that we call, with the parameters of libtorch 2.10, as functions of this process.</summary>
internal static unsafe class Libtorch
{
    [ThreadStatic]
    private static nint stream;

    /// <summary>Torch's current stream of the calling thread.</summary>
    public static nint Stream
    {
        get => stream;
        set => stream = value;
    }

    /// <summary>What the next calls return; 0 is success.</summary>
    public static int Status { get; set; }

    /// <summary>The address of a function, 0 where libtorch has none of that name in that library.</summary>
    public static nint Find(string library, string name) => (library, name) switch
    {
        ("torch_cuda", "aoti_torch_get_current_cuda_stream") => (nint)(delegate* unmanaged<int, nint*, int>)&GetStream,
        ("torch_cuda", "torch_set_current_cuda_stream") => (nint)(delegate* unmanaged<nint, int, int>)&SetStream,
        ("torch_cpu", "aoti_torch_create_tensor_from_blob") => (nint)(delegate* unmanaged<nint, long, long*, long*, long, int, int, int, nint*, int>)&FromBlob,
        _ => 0,
    };

    [UnmanagedCallersOnly]
    private static int GetStream(int device, nint* result)
    {
        *result = stream;
        return Status;
    }

    [UnmanagedCallersOnly]
    private static int SetStream(nint value, int device)
    {
        stream = value;
        return Status;
    }

    [UnmanagedCallersOnly]
    private static int FromBlob(nint data, long dimensions, long* sizes, long* strides, long offset, int type, int deviceType, int deviceIndex, nint* result)
    {
        if (deviceType != (int)DeviceType.CUDA || Status != 0)
        {
            return 1;
        }

        Storage storage = new((torch.ScalarType)type, data, deviceIndex);
        *result = Handles.Add(new TensorData(storage, new Span<long>(sizes, (int)dimensions).ToArray(), new Span<long>(strides, (int)dimensions).ToArray(), offset));
        return 0;
    }
}
