using System;
using System.Runtime.InteropServices;
using TorchSharp;

namespace SdCompiler.Torch;

/// <summary>The tokens of a [T, B] tensor as the trainers read them. Keeps the tensor alive until it is disposed: the span is the tensor's own memory where that can be.</summary>
internal readonly ref struct TokenView : IDisposable
{
    private readonly torch.Tensor _tensor;

    /// <param name="tensor">[T, B] of int32 or int64 on the CPU; int32 that lies in order is not copied.</param>
    /// <param name="name">What the caller calls it, for messages.</param>
    /// <exception cref="ArgumentException">It has another shape, type or device, or a number that no token can be.</exception>
    public TokenView(torch.Tensor tensor, string name)
    {
        ArgumentNullException.ThrowIfNull(tensor, name);
        _tensor = tensor;
        long[] shape = tensor.shape;
        if (shape.Length != 2 || shape[0] < 1 || shape[1] < 1)
        {
            throw new ArgumentException($"'{name}' has the shape [{string.Join(", ", shape)}]; give [steps, rows], time-major.", name);
        }

        if (tensor.device_type != DeviceType.CPU)
        {
            throw new ArgumentException($"'{name}' is on {tensor.device_type}; steps take their tokens from the CPU: give {name}.cpu().", name);
        }

        Steps = checked((int)shape[0]);
        Rows = checked((int)shape[1]);
        Tokens = tensor.dtype switch
        {
            torch.ScalarType.Int32 => tensor.is_contiguous() ? MemoryMarshal.Cast<byte, int>(tensor.bytes) : InOrder(tensor),
            torch.ScalarType.Int64 => Narrowed(tensor, name),
            _ => throw new ArgumentException($"'{name}' has the type {tensor.dtype}; give Int32 (used as it is) or Int64 (converted).", name),
        };
    }

    public int Steps { get; }

    public int Rows { get; }

    /// <summary>Token of step t and row r at t * Rows + r.</summary>
    public ReadOnlySpan<int> Tokens { get; }

    public void Dispose() => GC.KeepAlive(_tensor);

    private static int[] InOrder(torch.Tensor tensor)
    {
        using torch.Tensor ordered = tensor.contiguous();
        return MemoryMarshal.Cast<byte, int>(ordered.bytes).ToArray();
    }

    private static int[] Narrowed(torch.Tensor tensor, string name)
    {
        using torch.Tensor ordered = tensor.contiguous();
        ReadOnlySpan<long> wide = MemoryMarshal.Cast<byte, long>(ordered.bytes);
        var tokens = new int[wide.Length];
        for (int i = 0; i < tokens.Length; i++)
        {
            // A cast by torch would wrap around, to what may be a token.
            if (wide[i] is < int.MinValue or > int.MaxValue)
            {
                throw new ArgumentException($"'{name}' has the number {wide[i]} at place {i}, which no token can be.", name);
            }

            tokens[i] = (int)wide[i];
        }

        return tokens;
    }
}
