using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using SdCompiler.Generator.Graph;
using SdCompiler.Generator.Model;
using SdCompiler.Generator.Passes;

namespace SdCompiler.Generator.Emit;

/// <summary>Everything that the emitters need of one model: its bodies, and which variant runs on which.</summary>
/// <param name="Model">The model as declared.</param>
/// <param name="Bodies">The bodies; variants with the same masked graph share one.</param>
/// <param name="Variants">The variants, in order of declaration.</param>
internal sealed record EmitPlan(LstmModel Model, ImmutableArray<BodyPlan> Bodies, ImmutableArray<VariantPlan> Variants)
{
    /// <summary>The model's name without the '@' of a keyword.</summary>
    public string Name => NameTable.Plain(Model.Name);

    /// <summary>What does not differ between bodies: layers, parameters, sites, inputs, states.</summary>
    public LstmGraph Shared => Bodies[0].Graph;

    /// <summary>The static class with the factories of parameters and bodies.</summary>
    public string PartsClass => Name + "Parts";

    /// <summary>The prediction body.</summary>
    public string PredictorClass => Name + (Model.IsSentenceModel ? "SentenceBody" : "StepBody");

    /// <summary>Whether the model takes one stream of tokens and predicts a class at each step.</summary>
    public bool IsTokenModel =>
        !Model.IsSentenceModel
        && Shared.Inputs.Length == 1
        && Shared.Layers[Shared.Inputs[0]].Declared.Kind == LayerKind.Embedding
        && Shared.LossLayer.Declared.IsClassOfEachStep;

    /// <summary>The layers with whole-word dropout: bodies take their rates as arguments.</summary>
    public IEnumerable<int> WordDropouts => Shared.Inputs.Where(input => Shared.Layers[input].Declared.WordDropout > 0m);

    /// <summary>Runs the passes for every variant.</summary>
    public static EmitPlan Build(LstmModel model, EmitTarget target, CancellationToken cancellationToken)
    {
        string name = NameTable.Plain(model.Name);
        Dictionary<string, BodyPlan> bodies = new();
        List<BodyPlan> order = new();
        List<VariantPlan> variants = new();
        foreach (VariantModel variant in model.Variants)
        {
            LstmGraph masked = PassPipeline.Mask(model, variant, target);
            string key = GraphPrinter.Print(masked);
            if (!bodies.TryGetValue(key, out BodyPlan? body))
            {
                string suffix = order.Count == 0 ? string.Empty : Text.Of(order.Count + 1);
                string kind = target == EmitTarget.Cuda ? "CudaBody" : "Body";
                body = new BodyPlan(name + kind + suffix, PassPipeline.Lower(masked, target, cancellationToken));
                bodies.Add(key, body);
                order.Add(body);
            }

            variants.Add(new VariantPlan(variant, target, body, masked.Sites.Select(site => SiteChoice.Of(site, variant)).ToImmutableArray()));
        }

        return new EmitPlan(model, order.ToImmutableArray(), variants.ToImmutableArray());
    }
}
