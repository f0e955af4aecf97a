namespace SdCompiler.Generator.Model;

/// <summary>One training variant of a model.</summary>
/// <param name="Name">The enum member's name; empty for a model without variants.</param>
/// <param name="Pattern">The pattern of sites that do not choose their own.</param>
/// <param name="Sites">The sites at which the variant drops units.</param>
/// <param name="Sampling">How structured masks are drawn.</param>
internal sealed record VariantModel(string Name, DropoutPattern Pattern, DropoutSites Sites, MaskSampling Sampling);
