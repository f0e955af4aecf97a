namespace SdCompiler.Samples.GpuCheck.Models;

/// <summary>Many chunks of units and of gate columns, and more classes than a block has threads.</summary>
[StructuredDropoutLstm(BatchSize = 8, TimeSteps = 4, Variants = typeof(Regime), Backends = Backends.Cpu | Backends.Cuda)]
public partial class Broad
{
    /// <summary>One vector per word.</summary>
    [Embedding(1000, 130)]
    public partial EmbeddingLayer Words { get; }

    /// <summary>A layer of 200.</summary>
    [Lstm(200, InputDropout = 0.5, RecurrentDropout = 0.65)]
    public partial LstmLayer Memory { get; }

    /// <summary>The distribution of the next word.</summary>
    [Softmax(1000, InputDropout = 0.5)]
    public partial SoftmaxLayer Next { get; }
}
