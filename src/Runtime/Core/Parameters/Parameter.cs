using System;

namespace SdCompiler.Runtime;

/// <summary>One named tensor that training changes.</summary>
public abstract class Parameter
{
    private readonly int[] shape;
    private readonly Parameter? whole;
    private AlignedBuffer<float>? storage;

    private protected Parameter(string name, int[] shape, long storage)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        this.shape = shape;
        this.storage = new AlignedBuffer<float>(storage);
    }

    /// <summary>A part of another parameter, wherever that has its memory.</summary>
    private protected Parameter(Parameter whole, int[] shape)
    {
        Name = whole.Name;
        this.shape = shape;
        this.whole = whole;
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

    /// <summary>Whether training leaves the values as they are: there is no gradient, no update and no optimizer memory, and weight decay does not act.</summary>
    public bool IsFrozen { get; init; }

    /// <summary>The numbers in the kernels' own layout, padding included; padding is zero and stays so.</summary>
    internal AlignedBuffer<float> Storage => storage ?? whole!.Storage;

    /// <summary>The model that the parameter belongs to; null for a buffer of an optimizer.</summary>
    internal ModelParameters? Model { get; set; }

    /// <summary>Takes the values from PyTorch's layout, row-major in <see cref="Shape"/>.</summary>
    /// <param name="torch">Exactly <see cref="Count"/> numbers.</param>
    /// <exception cref="ArgumentException">The length is another.</exception>
    public void ReadFrom(ReadOnlySpan<float> torch)
    {
        CheckLength(torch.Length);
        Model?.BringHome(); // this changes one parameter: the others must be the newest
        Take(torch);
        if (Model is not null)
        {
            Model.Version++;
        }
    }

    /// <summary>Gives the values in PyTorch's layout, row-major in <see cref="Shape"/>.</summary>
    /// <param name="torch">Room for exactly <see cref="Count"/> numbers.</param>
    /// <exception cref="ArgumentException">The length is another.</exception>
    public void WriteTo(Span<float> torch)
    {
        CheckLength(torch.Length);
        Model?.BringHome();
        Write(torch);
    }

    /// <summary>Changes places with the numbers of a buffer of the same layout.</summary>
    internal void Exchange(Parameter other) => (storage, other.storage) = (other.storage, storage);

    /// <summary>Takes values without a word to the model: for whoever brings the newest ones home.</summary>
    internal void Take(ReadOnlySpan<float> torch) => Read(torch);

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
