namespace SdCompiler.Samples.Benchmarks.Measuring;

/// <summary>What varies from one training step to the next.</summary>
internal enum Sweep
{
    /// <summary>The length of the window, T.</summary>
    Steps,

    /// <summary>The rows of the batch, B.</summary>
    Rows,

    /// <summary>The threads, from 1 to the machine's processors.</summary>
    Threads,

    /// <summary>The size of the layers, H: the three published models, each with its own T.</summary>
    Units,
}
