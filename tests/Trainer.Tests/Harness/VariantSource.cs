namespace SdCompiler.Trainer.Tests.Harness;

/// <summary>One member of a variants enum.</summary>
/// <param name="Name">The member's name.</param>
/// <param name="Pattern">The pattern of its sites.</param>
/// <param name="Sites">The sites at which it drops.</param>
/// <param name="Sampling">How structured masks are drawn.</param>
internal sealed record VariantSource(
    string Name, DropoutPattern Pattern, DropoutSites Sites = DropoutSites.All, MaskSampling Sampling = MaskSampling.FixedCount)
{
    public override string ToString() =>
        $"[Variant(Pattern = DropoutPattern.{Pattern}, Sites = (DropoutSites){(int)Sites}, Sampling = MaskSampling.{Sampling})] {Name},";
}
