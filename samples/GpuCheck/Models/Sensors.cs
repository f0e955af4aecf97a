namespace SdCompiler.Samples.GpuCheck.Models;

/// <summary>Real numbers in and out, and a layer without memory between.</summary>
[StructuredDropoutLstm(BatchSize = 6, TimeSteps = 7, Variants = typeof(Regime), Backends = Backends.Cpu | Backends.Cuda)]
public partial class Sensors
{
    /// <summary>What comes in.</summary>
    [Series(3)]
    public partial SeriesLayer Readings { get; }

    /// <summary>A layer of 18.</summary>
    [Lstm(18, InputDropout = 0.3, RecurrentDropout = 0.4, OutputDropout = 0.4)]
    public partial LstmLayer Memory { get; }

    /// <summary>A layer without memory.</summary>
    [Linear(5, Activation = Activation.Tanh, InputDropout = 0.3)]
    public partial LinearLayer Head { get; }

    /// <summary>What is foretold.</summary>
    [Regression(2)]
    public partial RegressionLayer Next { get; }
}
