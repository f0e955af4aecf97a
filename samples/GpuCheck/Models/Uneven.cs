namespace SdCompiler.Samples.GpuCheck.Models;

/// <summary>Widths that no tile divides, and 45 rows: two tiles of rows, the second not full.</summary>
[StructuredDropoutLstm(BatchSize = 45, TimeSteps = 6, Variants = typeof(Regime), Backends = Backends.Cpu | Backends.Cuda)]
public partial class Uneven
{
    /// <summary>One vector per word.</summary>
    [Embedding(50, 33)]
    public partial EmbeddingLayer Words { get; }

    /// <summary>45 units: 6 groups of 8, the last not full.</summary>
    [Lstm(45, InputDropout = 0.5, RecurrentDropout = 0.5)]
    public partial LstmLayer Lower { get; }

    /// <summary>77 units: more than one chunk of the state.</summary>
    [Lstm(77, InputDropout = 0.5, RecurrentDropout = 0.5)]
    public partial LstmLayer Upper { get; }

    /// <summary>The distribution of the next word.</summary>
    [Softmax(50, InputDropout = 0.5)]
    public partial SoftmaxLayer Next { get; }
}
