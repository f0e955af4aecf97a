namespace SdCompiler;

/// <summary>How a dropout mask varies inside a batch and across time steps (Sarma et al. 2021, arXiv:2106.12089, cases I to IV).</summary>
public enum DropoutPattern
{
    /// <summary>The same units for every sample of the batch, redrawn at each time step (case III): products are compacted.</summary>
    Structured = 0,

    /// <summary>The same units for every sample of the batch, one draw per window (case IV): products are compacted.</summary>
    StructuredFixed = 1,

    /// <summary>Units drawn for each sample, redrawn at each time step (case I, Zaremba et al. 2014): nothing can be compacted.</summary>
    Random = 2,

    /// <summary>Units drawn for each sample, one draw per window (case II, Gal and Ghahramani 2016): nothing can be compacted.</summary>
    RandomFixed = 3,
}
