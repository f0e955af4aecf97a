namespace SdCompiler.Samples.GpuCheck.Models;

/// <summary>Widths that every tile divides; masks that keep another number of units each time.</summary>
[StructuredDropoutLstm(BatchSize = 16, TimeSteps = 8, Sampling = MaskSampling.Bernoulli, Backends = Backends.Cpu | Backends.Cuda)]
public partial class Even
{
    /// <summary>One vector per word.</summary>
    [Embedding(96, 64)]
    public partial EmbeddingLayer Words { get; }

    /// <summary>Two layers of 64.</summary>
    [Lstm(64, Layers = 2, InputDropout = 0.5, RecurrentDropout = 0.5)]
    public partial LstmLayer Memory { get; }

    /// <summary>The distribution of the next word.</summary>
    [Softmax(96, InputDropout = 0.5)]
    public partial SoftmaxLayer Next { get; }
}
