using SdCompiler.Generator.Graph;
using SdCompiler.Generator.Model;

namespace SdCompiler.Generator.Passes;

/// <summary>What one variant does at one site.</summary>
/// <param name="Active">False: nothing is dropped here.</param>
/// <param name="Pattern">The mask's pattern.</param>
/// <param name="Sampling">How kept units are drawn.</param>
/// <param name="Kept">Units that a structured mask keeps (the expectation, rounded, where units are drawn one by one); all units where the mask cannot compact.</param>
internal sealed record SiteChoice(bool Active, DropoutPattern Pattern, MaskSampling Sampling, int Kept)
{
    /// <summary>Whether each sample has its own mask, so that no product shrinks.</summary>
    public bool IsElementwise => Active && Pattern is DropoutPattern.Random or DropoutPattern.RandomFixed;

    public static SiteChoice Of(SiteInfo site, VariantModel variant)
    {
        DropoutPattern pattern = site.Dropout.Pattern ?? variant.Pattern;
        bool active = (variant.Sites & site.Kind) != 0;
        bool compacts = active && pattern is DropoutPattern.Structured or DropoutPattern.StructuredFixed;
        return new SiteChoice(active, pattern, variant.Sampling, compacts ? KeptCount.Of(site.Dropout.Rate, site.Units) : site.Units);
    }
}
