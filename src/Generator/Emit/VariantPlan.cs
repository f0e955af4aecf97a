using System.Collections.Immutable;
using SdCompiler.Generator.Model;
using SdCompiler.Generator.Passes;

namespace SdCompiler.Generator.Emit;

/// <summary>One variant: its body, and what it does at each site.</summary>
/// <param name="Variant">The variant as declared.</param>
/// <param name="Target">What the body runs on.</param>
/// <param name="Body">The body that it shares with all variants of the same masked graph.</param>
/// <param name="Choices">What it does at each site.</param>
internal sealed record VariantPlan(VariantModel Variant, EmitTarget Target, BodyPlan Body, ImmutableArray<SiteChoice> Choices)
{
    /// <summary>False where kept counts are expectations.</summary>
    public bool IsExact
    {
        get
        {
            foreach (SiteChoice choice in Choices)
            {
                if (choice.Active && !choice.IsElementwise && choice.Sampling == MaskSampling.Bernoulli)
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>Whether whole words are dropped: they belong to what the model reads.</summary>
    public bool DropsWords => (Variant.Sites & DropoutSites.Input) != 0;

    /// <summary>The method that makes the variant's body.</summary>
    public string Factory => (Target == EmitTarget.Cuda ? "CreateCudaBody" : "CreateBody") + (Variant.Name.Length == 0 ? string.Empty : "_" + Graph.NameTable.Plain(Variant.Name));
}
