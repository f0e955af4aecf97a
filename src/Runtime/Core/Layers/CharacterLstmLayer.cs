using SdCompiler.Runtime;

namespace SdCompiler;

/// <summary>One vector for each word: where an LSTM over its characters ends in each direction.</summary>
public sealed class CharacterLstmLayer : Layer
{
    /// <summary>A layer; called by emitted code.</summary>
    /// <param name="name">The name of the model's property.</param>
    /// <param name="characters">How many characters have a vector.</param>
    /// <param name="units">Hidden units of each direction.</param>
    /// <param name="maximumLength">The most characters of a word.</param>
    /// <param name="table">The characters' vectors.</param>
    /// <param name="weights">Of the forward direction, then of the backward one: the weights of the input, the weights of the state, the bias.</param>
    public CharacterLstmLayer(string name, int characters, int units, int maximumLength, TableParameter table, params Parameter[] weights)
        : base(name, 2 * units, [table, .. weights])
    {
        Characters = characters;
        Units = units;
        MaximumLength = maximumLength;
    }

    /// <summary>How many characters have a vector.</summary>
    public int Characters { get; }

    /// <summary>Hidden units of each direction.</summary>
    public int Units { get; }

    /// <summary>The most characters of a word.</summary>
    public int MaximumLength { get; }

    /// <summary>The characters' vectors, [characters, width].</summary>
    public WeightTensor Table => Weights[0];

    /// <summary>The forward direction's weights of a character's vector, [4H, width]; PyTorch's <c>weight_ih_l0</c>.</summary>
    public WeightTensor InputWeights => Weights[1];

    /// <summary>The forward direction's weights of its own state, [4H, H]; PyTorch's <c>weight_hh_l0</c>.</summary>
    public WeightTensor RecurrentWeights => Weights[2];

    /// <summary>The forward direction's bias, [4H]; the sum of PyTorch's <c>bias_ih_l0</c> and <c>bias_hh_l0</c>.</summary>
    public WeightTensor Bias => Weights[3];

    /// <summary>The backward direction's weights of a character's vector, [4H, width]; PyTorch's <c>weight_ih_l0_reverse</c>.</summary>
    public WeightTensor ReverseInputWeights => Weights[4];

    /// <summary>The backward direction's weights of its own state, [4H, H]; PyTorch's <c>weight_hh_l0_reverse</c>.</summary>
    public WeightTensor ReverseRecurrentWeights => Weights[5];

    /// <summary>The backward direction's bias, [4H].</summary>
    public WeightTensor ReverseBias => Weights[6];
}
