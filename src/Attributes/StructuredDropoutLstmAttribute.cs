using System;

namespace SdCompiler;

/// <summary>Asks the generator to compile the annotated partial class into a trainer specialised for the layers declared on it.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class StructuredDropoutLstmAttribute : Attribute
{
    /// <summary>The most rows (sequences) that one step takes, B; the code is specialised for it. Smaller batches cost less, in proportion.</summary>
    public int BatchSize { get; set; } = 20;

    /// <summary>The most time steps of one window, T; the code is unrolled over it. Shorter windows cost less, in proportion.</summary>
    public int TimeSteps { get; set; } = 35;

    /// <summary>What trainers of the model can run on; <see cref="SdCompiler.Backends.Cpu"/> is always among it.</summary>
    public Backends Backends { get; set; } = Backends.Cpu;

    /// <summary>The pattern of every dropout site that does not choose its own.</summary>
    public DropoutPattern Pattern { get; set; } = DropoutPattern.Structured;

    /// <summary>How the kept units of structured masks are drawn.</summary>
    public MaskSampling Sampling { get; set; } = MaskSampling.FixedCount;

    /// <summary>An enum whose members carry <see cref="VariantAttribute"/>: training variants of this model that share its weights.</summary>
    public Type? Variants { get; set; }

    /// <summary>The first values of every layer that does not choose its own.</summary>
    public Initializer Initializer { get; set; } = Initializer.Default;

    /// <summary>The range r of <see cref="Initializer.Uniform"/>: values are uniform in [-r, r).</summary>
    public double InitialRange { get; set; } = 0.1;
}
