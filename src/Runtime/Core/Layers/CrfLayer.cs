using System;
using SdCompiler.Runtime;

namespace SdCompiler;

/// <summary>Predicts the tags of a whole sentence with a linear-chain conditional random field; the loss is the negative log-likelihood of the target tags.</summary>
public sealed class CrfLayer : Layer
{
    private readonly ModelParameters _model;

    /// <summary>A layer; called by emitted code.</summary>
    /// <param name="name">The name of the model's property.</param>
    /// <param name="tags">How many tags there are.</param>
    /// <param name="parameters">The model's parameters, which hold <see cref="Constraints"/>.</param>
    /// <param name="weight">The matrix of the emissions.</param>
    /// <param name="bias">The bias of the emissions.</param>
    /// <param name="transitions">Scores of one tag after another.</param>
    /// <param name="start">Scores of the first tag.</param>
    /// <param name="end">Scores of the last tag.</param>
    public CrfLayer(
        string name, int tags, ModelParameters parameters, MatrixParameter weight, VectorParameter bias, MatrixParameter transitions, VectorParameter start, VectorParameter end)
        : base(name, tags, weight, bias, transitions, start, end)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        _model = parameters;
    }

    /// <summary>How many tags there are.</summary>
    public int Tags => Width;

    /// <summary>The matrix of the emissions, [tags, inputs].</summary>
    public WeightTensor Weight => Weights[0];

    /// <summary>The bias of the emissions, [tags].</summary>
    public WeightTensor Bias => Weights[1];

    /// <summary>The score of each tag after each other, [from, to].</summary>
    public WeightTensor Transitions => Weights[2];

    /// <summary>The score of each tag as the first of a sentence, [tags].</summary>
    public WeightTensor StartTransitions => Weights[3];

    /// <summary>The score of each tag as the last of a sentence, [tags].</summary>
    public WeightTensor EndTransitions => Weights[4];

    /// <summary>
    /// Which paths of tags decoding may choose among, such as <see cref="CrfConstraints.Bio2"/>; null, the first value, for all. Predictors and the hits of
    /// evaluations follow them at once. The loss does not: it is of all paths, so training data may break the rules. Saved files do not hold them:
    /// set them again after loading.
    /// </summary>
    /// <exception cref="ArgumentException">They are of another number of tags.</exception>
    public CrfConstraints? Constraints
    {
        get => _model.TagConstraints;
        set
        {
            if (value is not null && value.Tags != Tags)
            {
                throw new ArgumentException($"'{Name}' has {Tags} tags and the constraints are of {value.Tags}; make them from the same labels.", nameof(value));
            }

            _model.TagConstraints = value;
        }
    }
}
