using System;

namespace SdCompiler.Runtime;

/// <summary>The gradient of the loss by one parameter, for one window.</summary>
/// <remarks>
/// Beside the numbers it keeps sums of their squares, in double precision, one for each part that has one owner (a panel, a block of columns);
/// they are written when the part is finished and still in cache. Adding them in a fixed order gives the same norm for any number of lanes.
/// </remarks>
public abstract class ParameterGradient
{
    private readonly AlignedBuffer<double> norms;
    private readonly int firstNorm;

    private protected ParameterGradient(Parameter parameter, long storage, int parts)
    {
        Parameter = parameter;
        Storage = new AlignedBuffer<float>(storage);
        norms = new AlignedBuffer<double>(parts);
    }

    /// <summary>The gradient of some rows of a matrix, in the memory of the whole gradient and with sums of squares of its own there.</summary>
    private protected ParameterGradient(Parameter part, ParameterGradient whole, int firstNorm)
    {
        Parameter = part;
        Storage = whole.Storage;
        norms = whole.norms;
        this.firstNorm = firstNorm;
    }

    /// <summary>The parameter this is the gradient of.</summary>
    public Parameter Parameter { get; }

    /// <summary>How many parts have a sum of squares of their own.</summary>
    public int Parts => norms.Length;

    /// <summary>The numbers in the layout that the subclass describes.</summary>
    internal AlignedBuffer<float> Storage { get; }

    /// <summary>The sum of squares of each part.</summary>
    internal unsafe double* Norms => norms.Pointer + firstNorm;

    /// <summary>The sum of squares of the whole gradient, as its parts were last finished; not finite where the gradient is not.</summary>
    public double SquaredNorm()
    {
        double sum = 0;
        foreach (double part in norms.Span)
        {
            sum += part;
        }

        return sum;
    }

    /// <summary>Gives the gradient in PyTorch's layout of the parameter, zeros included; for inspection and tests.</summary>
    /// <param name="torch">Room for exactly the parameter's count.</param>
    /// <exception cref="ArgumentException">The length is another.</exception>
    public void WriteTo(Span<float> torch)
    {
        if (torch.Length != Parameter.Count)
        {
            throw new ArgumentException($"The gradient of '{Parameter.Name}' has {Parameter.Count} numbers, but there is room for {torch.Length}.");
        }

        Write(torch);
    }

    private protected abstract void Write(Span<float> torch);
}
