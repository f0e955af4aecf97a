using System;
using System.Collections.Generic;
using SdCompiler.Runtime;

namespace SdCompiler;

/// <summary>How a trainer drops units, in the words of a checkpoint: one entry for each place that drops any, such as <c>Memory.0.Recurrent</c>.</summary>
internal static class DropoutRecord
{
    public static Dictionary<string, string> Of(TrainerBody body)
    {
        var sites = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (MaskSite site in body.Masks.Sites)
        {
            if (site.Drops)
            {
                sites[$"{site.Layer}.{site.Site}"] = site.Sampling == MaskSampling.FixedCount
                    ? FormattableString.Invariant($"{site.Pattern}, keeps {site.Kept} of {site.Units}")
                    : FormattableString.Invariant($"{site.Pattern}, drops each with probability {site.Rate}");
            }
        }

        foreach (KeyValuePair<string, double> layer in body.WordDropout)
        {
            if (layer.Value > 0)
            {
                sites[layer.Key + ".WordDropout"] = FormattableString.Invariant($"drops each with probability {layer.Value}");
            }
        }

        return sites;
    }
}
