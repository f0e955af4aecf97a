using System;

namespace TorchSharp.Doubles;

/// <summary>The operations that the reference trainer and the module use, forward and backward, by plain loops in double precision, rounded when they are stored.</summary>
internal static class Operations
{
    public static TensorData Add(TensorData a, TensorData b)
    {
        TensorData y = Combine(a, b, (left, right) => left + right);
        return Gradients.Record(y, [a, b], dy => [SumTo(dy, a), SumTo(dy, b)]);
    }

    public static TensorData Multiply(TensorData a, TensorData b)
    {
        TensorData y = Combine(a, b, (left, right) => left * right);
        return Gradients.Record(y, [a, b], dy => [SumTo(Multiply(dy, b), a), SumTo(Multiply(dy, a), b)]);
    }

    public static TensorData Scale(TensorData a, double factor) =>
        Gradients.Record(Map(a, value => value * factor), [a], dy => [Scale(dy, factor)]);

    public static TensorData Sigmoid(TensorData a)
    {
        TensorData y = Map(a, value => 1 / (1 + Math.Exp(-value)));
        return Gradients.Record(y, [a], dy => [Combine(dy, y, (gradient, value) => gradient * value * (1 - value))]);
    }

    public static TensorData Tanh(TensorData a)
    {
        TensorData y = Map(a, Math.Tanh);
        return Gradients.Record(y, [a], dy => [Combine(dy, y, (gradient, value) => gradient * (1 - (value * value)))]);
    }

    /// <summary>[m, k] . [k, n].</summary>
    public static TensorData Product(TensorData a, TensorData b)
    {
        if (a.Shape.Length != 2 || b.Shape.Length != 2 || a.Shape[1] != b.Shape[0])
        {
            throw new InvalidOperationException($"mat1 and mat2 shapes cannot be multiplied ({string.Join("x", a.Shape)} and {string.Join("x", b.Shape)})");
        }

        SameType(a, b);
        (long m, long k, long n) = (a.Shape[0], a.Shape[1], b.Shape[1]);
        var y = new TensorData(a.Type, [m, n]);
        for (long row = 0; row < m; row++)
        {
            for (long column = 0; column < n; column++)
            {
                double sum = 0;
                for (long inner = 0; inner < k; inner++)
                {
                    sum += a[(row * k) + inner] * b[(inner * n) + column];
                }

                y[(row * n) + column] = sum;
            }
        }

        return Gradients.Record(y, [a, b], dy => [Product(dy, Transpose(b)), Product(Transpose(a), dy)]);
    }

    public static TensorData Transpose(TensorData a)
    {
        if (a.Shape.Length != 2)
        {
            throw new InvalidOperationException($"t() expects a tensor with 2 dimensions, but self is {a.Shape.Length}D");
        }

        TensorData y = new(a.Storage, [a.Shape[1], a.Shape[0]], [a.Strides[1], a.Strides[0]], a.Offset);
        return Gradients.Record(y, [a], dy => [Transpose(dy)]);
    }

    public static TensorData Narrow(TensorData a, long dim, long start, long length)
    {
        if (start < 0 || length < 0 || start + length > a.Shape[dim])
        {
            throw new InvalidOperationException($"start ({start}) + length ({length}) exceeds dimension size ({a.Shape[dim]}).");
        }

        TensorData y = Part(a, dim, start, length);
        return Gradients.Record(y, [a], dy =>
        {
            var da = new TensorData(dy.Type, a.Shape);
            Copy(dy, Part(da, dim, start, length));
            return [da];
        });
    }

    public static TensorData Select(TensorData a, long dim, long index)
    {
        TensorData one = Narrow(a, dim, index, 1);
        TensorData y = new(one.Storage, Without(one.Shape, dim), Without(one.Strides, dim), one.Offset);
        return Gradients.Record(y, [one], dy => [Unsqueeze(dy, dim)]);
    }

    public static TensorData Unsqueeze(TensorData a, long dim)
    {
        TensorData y = new(a.Storage, With(a.Shape, dim, 1), With(a.Strides, dim, 1), a.Offset);
        return Gradients.Record(y, [a], dy => [Select(dy, dim, 0)]);
    }

    /// <summary>Rows or columns of a matrix.</summary>
    public static TensorData IndexSelect(TensorData a, long dim, TensorData index)
    {
        Indices(index, 1);
        TensorData source = a;
        if (a.Storage.DeviceType != DeviceType.CPU)
        {
            // As on a device: everything must be there already, and the result is there too.
            if (index.Storage.DeviceType != a.Storage.DeviceType)
            {
                throw new InvalidOperationException("Expected all tensors to be on the same device");
            }

            return Device.Upload(IndexSelect(Device.Download(a), dim, Device.Download(index)));
        }

        long[] shape = (long[])a.Shape.Clone();
        shape[dim] = index.Count;
        var y = new TensorData(a.Type, shape);
        for (long i = 0; i < index.Count; i++)
        {
            Copy(Part(source, dim, Checked(index[i], a.Shape[dim]), 1), Part(y, dim, i, 1));
        }

        return Gradients.Record(y, [a], dy =>
        {
            var da = new TensorData(dy.Type, a.Shape);
            for (long i = 0; i < index.Count; i++)
            {
                TensorData to = Part(da, dim, (long)index[i], 1);
                Copy(Add(to, Part(dy, dim, i, 1)), to);
            }

            return [da];
        });
    }

    /// <summary>One number of each row of a matrix: y[r, j] = a[r, index[r, j]].</summary>
    public static TensorData Gather(TensorData a, long dim, TensorData index)
    {
        if (dim != 1 || a.Shape.Length != 2)
        {
            throw new NotSupportedException("The double gathers along the rows of matrices only.");
        }

        Indices(index, 2);
        (long rows, long columns, long width) = (a.Shape[0], index.Shape[1], a.Shape[1]);
        var y = new TensorData(a.Type, index.Shape);
        for (long place = 0; place < rows * columns; place++)
        {
            y[place] = a[(place / columns * width) + Checked(index[place], width)];
        }

        return Gradients.Record(y, [a], dy =>
        {
            var da = new TensorData(dy.Type, a.Shape);
            for (long place = 0; place < rows * columns; place++)
            {
                da[(place / columns * width) + (long)index[place]] += dy[place];
            }

            return [da];
        });
    }

    public static TensorData LogSoftmax(TensorData a, long dim)
    {
        if (dim != 1 || a.Shape.Length != 2)
        {
            throw new NotSupportedException("The double takes the softmax of the rows of matrices only.");
        }

        (long rows, long columns) = (a.Shape[0], a.Shape[1]);
        var y = new TensorData(a.Type, a.Shape);
        for (long row = 0; row < rows; row++)
        {
            double largest = double.NegativeInfinity;
            for (long n = 0; n < columns; n++)
            {
                largest = Math.Max(largest, a[(row * columns) + n]);
            }

            double sum = 0;
            for (long n = 0; n < columns; n++)
            {
                sum += Math.Exp(a[(row * columns) + n] - largest);
            }

            for (long n = 0; n < columns; n++)
            {
                y[(row * columns) + n] = a[(row * columns) + n] - largest - Math.Log(sum);
            }
        }

        return Gradients.Record(y, [a], dy =>
        {
            var da = new TensorData(dy.Type, a.Shape);
            for (long row = 0; row < rows; row++)
            {
                double sum = 0;
                for (long n = 0; n < columns; n++)
                {
                    sum += dy[(row * columns) + n];
                }

                for (long n = 0; n < columns; n++)
                {
                    da[(row * columns) + n] = dy[(row * columns) + n] - (Math.Exp(y[(row * columns) + n]) * sum);
                }
            }

            return [da];
        });
    }

    public static TensorData Sum(TensorData a)
    {
        double sum = 0;
        for (long place = 0; place < a.Count; place++)
        {
            sum += a[place];
        }

        var y = new TensorData(a.Type, []) { [0] = sum };
        return Gradients.Record(y, [a], dy => [Map(a, _ => dy[0])]);
    }

    /// <summary>Another type; the tensor itself where it has that type and no copy is wanted.</summary>
    public static TensorData Convert(TensorData a, torch.ScalarType type, bool copy = false)
    {
        if (a.Type == type && !copy)
        {
            return a;
        }

        var y = new TensorData(type, a.Shape);
        Copy(a, y);
        return Gradients.Record(y, [a], dy => [Convert(dy, a.Type)]);
    }

    public static TensorData Contiguous(TensorData a)
    {
        if (a.IsContiguous)
        {
            return a;
        }

        var y = new TensorData(a.Type, a.Shape);
        Copy(a, y);
        return Gradients.Record(y, [a], dy => [dy]);
    }

    public static void SubtractInPlace(TensorData a, TensorData b)
    {
        if (a.RequiresGradient && !NoGrad.IsOn)
        {
            throw new InvalidOperationException("a leaf Variable that requires grad is being used in an in-place operation.");
        }

        Copy(Combine(a, b, (left, right) => left - right), a);
    }

    public static void Copy(TensorData from, TensorData to)
    {
        for (long place = 0; place < to.Count; place++)
        {
            to[place] = from[place];
        }
    }

    private static TensorData Map(TensorData a, Func<double, double> function)
    {
        var y = new TensorData(a.Type, a.Shape);
        for (long place = 0; place < y.Count; place++)
        {
            y[place] = function(a[place]);
        }

        return y;
    }

    /// <summary>Number by number; a size of 1 goes with any other, as does a dimension that one of the two lacks in front.</summary>
    private static TensorData Combine(TensorData a, TensorData b, Func<double, double, double> function)
    {
        SameType(a, b);
        int dimensions = Math.Max(a.Shape.Length, b.Shape.Length);
        var shape = new long[dimensions];
        for (int i = 1; i <= dimensions; i++)
        {
            long left = i <= a.Shape.Length ? a.Shape[^i] : 1;
            long right = i <= b.Shape.Length ? b.Shape[^i] : 1;
            if (left != right && left != 1 && right != 1)
            {
                throw new InvalidOperationException($"The size of tensor a ({left}) must match the size of tensor b ({right})");
            }

            shape[^i] = Math.Max(left, right);
        }

        (TensorData x, TensorData z) = (Spread(a, shape), Spread(b, shape));
        var y = new TensorData(a.Type, shape);
        for (long place = 0; place < y.Count; place++)
        {
            y[place] = function(x[place], z[place]);
        }

        return y;
    }

    /// <summary>A view with more numbers than there are: a stride of 0 where a size of 1 is repeated.</summary>
    private static TensorData Spread(TensorData a, long[] shape)
    {
        var strides = new long[shape.Length];
        for (int i = 1; i <= a.Shape.Length; i++)
        {
            strides[^i] = a.Shape[^i] == 1 ? 0 : a.Strides[^i];
        }

        return new TensorData(a.Storage, shape, strides, a.Offset);
    }

    /// <summary>The sum of what <see cref="Combine"/> repeated.</summary>
    private static TensorData SumTo(TensorData dy, TensorData like)
    {
        if (dy.Shape.AsSpan().SequenceEqual(like.Shape))
        {
            return dy;
        }

        var da = new TensorData(dy.Type, like.Shape);
        TensorData spread = Spread(da, dy.Shape);
        for (long place = 0; place < dy.Count; place++)
        {
            spread[place] += dy[place];
        }

        return da;
    }

    private static TensorData Part(TensorData a, long dim, long start, long length)
    {
        long[] shape = (long[])a.Shape.Clone();
        shape[dim] = length;
        return new TensorData(a.Storage, shape, a.Strides, a.Offset + (start * a.Strides[dim]));
    }

    private static long[] Without(long[] sizes, long dim) => [.. sizes.AsSpan(0, (int)dim), .. sizes.AsSpan((int)dim + 1)];

    private static long[] With(long[] sizes, long dim, long size) => [.. sizes.AsSpan(0, (int)dim), size, .. sizes.AsSpan((int)dim)];

    private static void SameType(TensorData a, TensorData b)
    {
        if (a.Type != b.Type)
        {
            throw new InvalidOperationException($"expected two tensors of the same type, but got {a.Type} and {b.Type}"); // stricter than torch, which would promote
        }
    }

    private static void Indices(TensorData index, int dimensions)
    {
        if (index.Type != torch.ScalarType.Int64 || index.Shape.Length != dimensions)
        {
            throw new InvalidOperationException($"an index must be Int64 and have {dimensions} dimensions, but is {index.Type} and has {index.Shape.Length}");
        }
    }

    private static long Checked(double index, long size) => index >= 0 && index < size ? (long)index : throw new InvalidOperationException($"index {index} is out of bounds for size {size}");
}
