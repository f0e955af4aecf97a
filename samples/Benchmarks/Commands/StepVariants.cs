using System;
using System.Collections.Generic;
using System.Linq;
using SdCompiler.Samples.Benchmarks.Models;
using SdCompiler.Samples.LanguageModel.Models;
using SdCompiler.Samples.Shared;

namespace SdCompiler.Samples.Benchmarks.Commands;

/// <summary>The variants that a request is about.</summary>
internal static class StepVariants
{
    /// <summary>Dense first, since all others are compared with it, then each variant once; only dense where the model has no other.</summary>
    /// <param name="model">The model.</param>
    /// <param name="patterns">The patterns asked for; empty for the model's usual list.</param>
    /// <param name="sites">The sites asked for, or null.</param>
    /// <exception cref="UsageException">The model has no such pattern, or its sites cannot be chosen.</exception>
    public static IReadOnlyList<StepVariant> Of(StepModel model, string[] patterns, string? sites)
    {
        if (model.Variants.Count == 1)
        {
            return [StepVariant.Dense];
        }

        if (sites is not null && !model.Variants.Any(variant => variant.HasChoice))
        {
            throw new UsageException($"--sites is not for the model '{model.Name}', which has its own places of dropout; leave the option out, or measure another model.");
        }

        IEnumerable<StepVariant> asked = (patterns.Length, sites) switch
        {
            (0, null) => model.Usual,
            (0, string known) => model.Usual.Select(variant => variant.Pattern).Distinct().Select(pattern => Find(model, pattern, known)),
            _ => patterns.Select(pattern => Find(model, pattern, sites)),
        };
        return asked.Prepend(StepVariant.Dense).Distinct().ToArray();
    }

    /// <summary>One variant.</summary>
    /// <param name="model">The model.</param>
    /// <param name="pattern">Its pattern.</param>
    /// <param name="sites">The sites; null for recurrent ones too, or for those that the model leaves no choice about.</param>
    /// <exception cref="UsageException">The model has no such pattern.</exception>
    public static StepVariant Find(StepModel model, string pattern, string? sites)
    {
        StepVariant[] known = model.Variants.Where(variant => variant.Pattern == pattern).ToArray();
        if (known.Length == 0)
        {
            string[] names = model.Variants.Select(variant => variant.Pattern).Distinct().ToArray();
            throw new UsageException($"--pattern is '{pattern}', which the model '{model.Name}' is not compiled for; use {string.Join(", ", names[..^1])} or {names[^1]}.");
        }

        return known.FirstOrDefault(variant => variant.HasChoice && variant.Sites == (sites ?? DropoutNames.WithRecurrent)) ?? known[0];
    }
}
