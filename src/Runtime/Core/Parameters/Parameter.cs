using System;

namespace SdCompiler.Runtime;

/// <summary>One named tensor that training changes.</summary>
public abstract class Parameter
{
    private readonly int[] shape;

    private protected Parameter(string name, int[] shape, long storage)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        this.shape = shape;
        Storage = new AlignedBuffer<float>(storage);
    }

    /// <summary>The name, as PyTorch spells it: <c>Lower.weight_ih_l0</c>.</summary>
    public string Name { get; }

    /// <summary>The shape in PyTorch's layout, which is what <see cref="ReadFrom"/> and <see cref="WriteTo"/> speak.</summary>
    public ReadOnlySpan<int> Shape => shape;

    /// <summary>How many numbers the tensor has, padding not counted.</summary>
    public long Count
    {
        get
        {
            long count = 1;
            foreach (int size in shape)
            {
                count *= size;
            }

            return count;
        }
    }

    /// <summary>The numbers in the kernels' own layout, padding included; padding is zero and stays so.</summary>
    internal AlignedBuffer<float> Storage { get; }

    /// <summary>Takes the values from PyTorch's layout, row-major in <see cref="Shape"/>.</summary>
    /// <param name="torch">Exactly <see cref="Count"/> numbers.</param>
    /// <exception cref="ArgumentException">The length is another.</exception>
    public void ReadFrom(ReadOnlySpan<float> torch)
    {
        CheckLength(torch.Length);
        Read(torch);
    }

    /// <summary>Gives the values in PyTorch's layout, row-major in <see cref="Shape"/>.</summary>
    /// <param name="torch">Room for exactly <see cref="Count"/> numbers.</param>
    /// <exception cref="ArgumentException">The length is another.</exception>
    public void WriteTo(Span<float> torch)
    {
        CheckLength(torch.Length);
        Write(torch);
    }

    private protected abstract void Read(ReadOnlySpan<float> torch);

    private protected abstract void Write(Span<float> torch);

    private void CheckLength(int length)
    {
        if (length != Count)
        {
            throw new ArgumentException($"Parameter '{Name}' has {Count} numbers in the shape [{string.Join(", ", shape)}], but {length} were given.");
        }
    }
}
