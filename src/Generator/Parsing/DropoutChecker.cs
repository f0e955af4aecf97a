using System.Collections.Generic;
using System.Linq;
using SdCompiler.Generator.Diagnostics;
using SdCompiler.Generator.Model;

namespace SdCompiler.Generator.Parsing;

/// <summary>Warns of rates that a fixed count rounds away: all units kept, or none. Refuses two dropouts of one recurrence.</summary>
internal sealed class DropoutChecker(List<LayerDraft> layers, EquatableArray<VariantModel> variants, MistakeList mistakes)
{
    public void Check()
    {
        WidthTable widths = new(layers);
        foreach (LayerDraft layer in layers)
        {
            LayerModel model = layer.Model;
            CheckRecurrence(layer);
            long read = model.Characters?.Width ?? widths.Read(model);
            Check(layer, DropoutSites.Input, "InputDropout", model.InputDropout, model.Layers > 1 ? [read, model.OutputWidth.Constant] : [read]);
            Check(layer, DropoutSites.Recurrent, "RecurrentDropout", model.RecurrentDropout, [model.Width.Constant]);
            Check(layer, DropoutSites.Weight, "WeightDropout", model.WeightDropout, [model.Width.Constant]);
            Check(layer, DropoutSites.Latent, "LatentDropout", model.LatentDropout, [model.Mixture?.Width ?? 0]);
            Check(layer, DropoutSites.Output, "OutputDropout", model.OutputDropout, [model.OutputWidth.Constant]);
        }
    }

    // A structured pattern drops units of the previous state at either of them: two lists for one product would be one dropout with a rate that nobody wrote.
    private void CheckRecurrence(LayerDraft layer)
    {
        if (layer.Model.RecurrentDropout.Rate > 0m && layer.Model.WeightDropout.Rate > 0m)
        {
            mistakes.Add(DiagnosticDescriptors.TwoRecurrentDropouts, layer.Attribute.LocationOf("WeightDropout"), layer.Name);
        }

        string? penalty = layer.Model.ActivationPenalty > 0 ? "ActivationPenalty" : layer.Model.TemporalPenalty > 0 ? "TemporalPenalty" : null;
        if (penalty is not null && layer.Model.Direction == Direction.Both)
        {
            mistakes.Add(DiagnosticDescriptors.PenaltyOfBothDirections, layer.Attribute.LocationOf(penalty), layer.Name, penalty);
        }
    }

    private void Check(LayerDraft layer, DropoutSites site, string argument, DropoutModel dropout, long[] widths)
    {
        // As written, because a rate such as 1e-30 is 0 as a decimal.
        double written = layer.Attribute.Get(argument, 0.0);
        if (!(written > 0) || !variants.Any(variant => HasFixedCount(variant, site, dropout)))
        {
            return;
        }

        foreach (int units in widths.Where(width => width is > 0 and <= Limits.Floats).Distinct().Select(width => (int)width))
        {
            int kept = KeptCount.Unclamped(dropout.Rate, units);
            if (kept == 0)
            {
                mistakes.Add(DiagnosticDescriptors.DropsEverything, layer.Attribute.LocationOf(argument), layer.Name, argument, Texts.Of(written), Texts.Of(units));
                return;
            }

            if (kept == units)
            {
                // The least rate that drops one unit: (1 - p) n rounds to n - 1 just above p = 1 / (2 n); 1 / n is the round number to name.
                string raise = units == 1 ? "use more units" : "raise it to " + Texts.Of(decimal.Round(1m / units, 4) is 0 ? 0.0001m : decimal.Round(1m / units, 4));
                mistakes.Add(DiagnosticDescriptors.DropsNothing, layer.Attribute.LocationOf(argument), layer.Name, argument, Texts.Of(written), Texts.Of(units), raise);
                return;
            }
        }
    }

    private static bool HasFixedCount(VariantModel variant, DropoutSites site, DropoutModel dropout) =>
        (variant.Sites & site) != 0
        && variant.Sampling == MaskSampling.FixedCount
        && (dropout.Pattern ?? variant.Pattern) is DropoutPattern.Structured or DropoutPattern.StructuredFixed;
}
