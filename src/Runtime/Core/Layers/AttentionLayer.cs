using System;
using SdCompiler.Runtime;

namespace SdCompiler;

/// <summary>Global attention over the states of an encoder.</summary>
public sealed class AttentionLayer : Layer
{
    /// <summary>A layer; called by emitted code.</summary>
    /// <param name="name">The name of the model's property.</param>
    /// <param name="width">Outputs: as many as the decoder has units.</param>
    /// <param name="score">How states are scored.</param>
    /// <param name="parameters">The output's matrix; before it that of the scores, and its vector, where the score has them.</param>
    /// <exception cref="ArgumentException">The number of parameters is not the score's.</exception>
    public AttentionLayer(string name, int width, AttentionScore score, params Parameter[] parameters)
        : base(name, width, parameters)
    {
        Score = score;
        int expected = score switch { AttentionScore.Dot => 1, AttentionScore.General => 2, _ => 3 };
        if (parameters.Length != expected)
        {
            throw new ArgumentException($"'{name}' has {parameters.Length} parameters; the score {score} has {expected}.", nameof(parameters));
        }
    }

    /// <summary>How states are scored.</summary>
    public AttentionScore Score { get; }

    /// <summary>The matrix of the output, [width, encoder's units + decoder's units]: first what meets the context.</summary>
    public WeightTensor Output => Weights[^1];

    /// <summary>The matrix of the scores: [decoder's units, encoder's units], or [width, decoder's units + encoder's units] for <see cref="AttentionScore.Concat"/>.</summary>
    /// <exception cref="InvalidOperationException">The score is <see cref="AttentionScore.Dot"/>, which has no weights.</exception>
    public WeightTensor ScoreWeights => Score == AttentionScore.Dot ? throw new InvalidOperationException($"'{Name}' scores with dot products, which have no weights.") : Weights[0];

    /// <summary>The vector of <see cref="AttentionScore.Concat"/>, [width].</summary>
    /// <exception cref="InvalidOperationException">The score is another.</exception>
    public WeightTensor ScoreVector => Score == AttentionScore.Concat ? Weights[1] : throw new InvalidOperationException($"'{Name}' scores with {Score}, which has no vector.");
}
