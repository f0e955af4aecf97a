using System;
using System.Runtime.InteropServices;
using TorchSharp;

namespace SdCompiler.Torch;

/// <summary>Numbers into tensors and out of them.</summary>
internal static class TensorValues
{
    /// <summary>A float32 tensor on the CPU with a copy of the numbers.</summary>
    public static torch.Tensor Create(float[] values, long[] shape) => torch.tensor(values, shape, device: torch.CPU);

    /// <summary>The numbers of a tensor of any type, order and device, row-major.</summary>
    public static float[] Read(torch.Tensor tensor)
    {
        using torch.Tensor plain = tensor.detach();
        using torch.Tensor home = plain.cpu();
        using torch.Tensor single = home.to_type(torch.ScalarType.Float32);
        using torch.Tensor ordered = single.contiguous();
        return MemoryMarshal.Cast<byte, float>(ordered.bytes).ToArray();
    }

    public static string Text(ReadOnlySpan<long> shape) => $"[{string.Join(", ", shape.ToArray())}]";
}
