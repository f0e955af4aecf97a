using SdCompiler.Runtime;

namespace SdCompiler;

/// <summary>One vector for each word: the largest value that each filter of a convolution over its characters' vectors has.</summary>
public sealed class CharacterCnnLayer : Layer
{
    /// <summary>A layer; called by emitted code.</summary>
    /// <param name="name">The name of the model's property.</param>
    /// <param name="characters">How many characters have a vector.</param>
    /// <param name="filters">Filters.</param>
    /// <param name="window">Characters that a filter sees.</param>
    /// <param name="maximumLength">The most characters of a word.</param>
    /// <param name="table">The characters' vectors.</param>
    /// <param name="weight">The filters.</param>
    /// <param name="bias">The filters' bias.</param>
    public CharacterCnnLayer(string name, int characters, int filters, int window, int maximumLength, TableParameter table, MatrixParameter weight, VectorParameter bias)
        : base(name, filters, table, weight, bias)
    {
        Characters = characters;
        Window = window;
        MaximumLength = maximumLength;
    }

    /// <summary>How many characters have a vector.</summary>
    public int Characters { get; }

    /// <summary>Characters that a filter sees.</summary>
    public int Window { get; }

    /// <summary>The most characters of a word.</summary>
    public int MaximumLength { get; }

    /// <summary>The characters' vectors, [characters, width].</summary>
    public WeightTensor Table => Weights[0];

    /// <summary>The filters, [filters, width, window].</summary>
    public WeightTensor Weight => Weights[1];

    /// <summary>The filters' bias, [filters].</summary>
    public WeightTensor Bias => Weights[2];
}
