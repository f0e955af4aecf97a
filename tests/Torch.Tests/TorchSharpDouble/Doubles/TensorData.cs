using System;

namespace TorchSharp.Doubles;

/// <summary>A tensor: a view of a storage, and where it came from.</summary>
internal sealed class TensorData
{
    /// <summary>Zeros on the CPU.</summary>
    public TensorData(torch.ScalarType type, long[] shape)
        : this(new Storage(type, Product(shape)), shape, StridesOf(shape), 0)
    {
    }

    /// <summary>A view.</summary>
    public TensorData(Storage storage, long[] shape, long[] strides, long offset)
    {
        Storage = storage;
        Shape = shape;
        Strides = strides;
        Offset = offset;
    }

    public Storage Storage { get; }

    public long[] Shape { get; }

    public long[] Strides { get; }

    public long Offset { get; }

    public bool RequiresGradient { get; set; }

    /// <summary>The gradient of a leaf.</summary>
    public TensorData? Gradient { get; set; }

    /// <summary>What it was computed from; null for a leaf, or where no gradient is wanted.</summary>
    public Node? Origin { get; set; }

    public torch.ScalarType Type => Storage.Type;

    public long Count => Product(Shape);

    public nint Address => Storage.Address + (nint)(Offset * Storage.ElementSize);

    public bool IsContiguous
    {
        get
        {
            long stride = 1;
            for (int i = Shape.Length - 1; i >= 0; i--)
            {
                if (Shape[i] != 1 && Strides[i] != stride)
                {
                    return false;
                }

                stride *= Shape[i];
            }

            return true;
        }
    }

    /// <summary>The number at a row-major place.</summary>
    public double this[long place]
    {
        get => Storage[Index(place)];
        set => Storage[Index(place)] = value;
    }

    public static long[] StridesOf(long[] shape)
    {
        var strides = new long[shape.Length];
        long stride = 1;
        for (int i = shape.Length - 1; i >= 0; i--)
        {
            strides[i] = stride;
            stride *= shape[i];
        }

        return strides;
    }

    /// <summary>The same numbers without a past.</summary>
    public TensorData Detached() => new(Storage, Shape, Strides, Offset);

    private long Index(long place)
    {
        long index = Offset;
        for (int i = Shape.Length - 1; i >= 0; i--)
        {
            index += place % Shape[i] * Strides[i];
            place /= Shape[i];
        }

        return index;
    }

    private static long Product(long[] shape)
    {
        long count = 1;
        foreach (long size in shape)
        {
            count *= size;
        }

        return count;
    }
}
