using System;
using System.Collections.Generic;
using System.Linq;
using SdCompiler.Samples.LanguageModel.Models;

namespace SdCompiler.Samples.Benchmarks.Commands;

/// <summary>The variants that a request is about.</summary>
internal static class StepVariants
{
    /// <summary>Dense first, since all others are compared with it, then each variant once.</summary>
    /// <param name="patterns">The patterns asked for; empty for the default list.</param>
    /// <param name="sites">The sites asked for, or null.</param>
    public static IReadOnlyList<Dropout> Of(string[] patterns, string? sites)
    {
        IEnumerable<Dropout> asked = (patterns.Length, sites) switch
        {
            (0, null) => [Dropout.Random, Dropout.StructuredInput, Dropout.Structured, Dropout.StructuredFixed],
            (0, string known) => new[] { "random", "structured", "structured-fixed" }.Select(pattern => DropoutNames.Variant(pattern, known)),
            _ => patterns.Select(pattern => DropoutNames.Variant(pattern, sites ?? DropoutNames.WithRecurrent)),
        };
        return asked.Prepend(Dropout.Dense).Distinct().ToArray();
    }
}
