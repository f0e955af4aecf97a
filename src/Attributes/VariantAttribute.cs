using System;

namespace SdCompiler;

/// <summary>Marks a member of an enum as a training variant of the models that name that enum in <see cref="StructuredDropoutLstmAttribute.Variants"/>.</summary>
[AttributeUsage(AttributeTargets.Field, Inherited = false)]
public sealed class VariantAttribute : Attribute
{
    /// <summary>The pattern of every site of the variant that does not choose its own on the layer.</summary>
    public DropoutPattern Pattern { get; set; } = DropoutPattern.Structured;

    /// <summary>The sites at which the variant drops units; at the others it drops none.</summary>
    public DropoutSites Sites { get; set; } = DropoutSites.All;

    /// <summary>How the kept units of structured masks are drawn.</summary>
    public MaskSampling Sampling { get; set; } = MaskSampling.FixedCount;
}
