using System;

namespace SdCompiler.Samples.Benchmarks.Models;

/// <summary>Whole numbers from 1 on, distributed as Weibull's numbers rounded up: many short ones, few long ones, and quantiles in closed form, -scale * ln(1 - u)^(1 / shape).</summary>
/// <param name="Scale">63 % are shorter than this, before rounding.</param>
/// <param name="Shape">The larger, the closer together they are.</param>
/// <param name="Longest">Longer ones become this.</param>
internal sealed record Lengths(double Scale, double Shape, int Longest)
{
    /// <summary>Words of a sentence, as in CoNLL-2003: 14.5 on average, up to 60.</summary>
    public static Lengths Sentences { get; } = new(15.36, 1.4, 60);

    /// <summary>Subwords of a description of a picture, its end included, as in Multi30k: 14 on average, up to 40.</summary>
    public static Lengths Descriptions { get; } = new(15.4, 3, 40);

    /// <summary>Characters of a word, as in English: 5 on average, up to 20.</summary>
    public static Lengths Words { get; } = new(5.02, 1.6, 20);

    /// <summary>The length that a share of all lengths does not exceed.</summary>
    /// <param name="u">The share, from 0 to below 1.</param>
    public int At(double u) => (int)Math.Clamp(Math.Ceiling(Scale * Math.Pow(-Math.Log(1 - u), 1 / Shape)), 1, Longest);
}
