using SdCompiler.Runtime;

namespace SdCompiler;

/// <summary>Predicts one class per row and time step by a mixture of softmaxes; the loss is the cross-entropy.</summary>
public sealed class MixtureOfSoftmaxesLayer : Layer
{
    /// <summary>A layer; called by emitted code.</summary>
    /// <param name="name">The name of the model's property.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="experts">How many softmaxes are mixed.</param>
    /// <param name="contextWidth">The length of a context.</param>
    /// <param name="latent">The matrix of all contexts.</param>
    /// <param name="latentBias">Their bias.</param>
    /// <param name="prior">The matrix of the experts' weights.</param>
    /// <param name="decoder">The matrix of the softmaxes.</param>
    /// <param name="decoderBias">Their bias.</param>
    public MixtureOfSoftmaxesLayer(
        string name, int classes, int experts, int contextWidth, MatrixParameter latent, VectorParameter latentBias, MatrixParameter prior, MatrixParameter decoder, VectorParameter decoderBias)
        : base(name, classes, latent, latentBias, prior, decoder, decoderBias)
    {
        Experts = experts;
        ContextWidth = contextWidth;
    }

    /// <summary>How many softmaxes are mixed.</summary>
    public int Experts { get; }

    /// <summary>The length of a context.</summary>
    public int ContextWidth { get; }

    /// <summary>The matrix of the contexts before their tanh, [experts * width, inputs]: the rows of one expert stand together.</summary>
    public WeightTensor Latent => Weights[0];

    /// <summary>The bias of the contexts, [experts * width].</summary>
    public WeightTensor LatentBias => Weights[1];

    /// <summary>The matrix whose softmax weighs the experts, [experts, inputs].</summary>
    public WeightTensor Prior => Weights[2];

    /// <summary>The matrix that every expert's softmax shares, [classes, width]; shared with an embedding where the two are tied.</summary>
    public WeightTensor Decoder => Weights[3];

    /// <summary>The bias that every expert's softmax shares, [classes].</summary>
    public WeightTensor DecoderBias => Weights[4];
}
