using System;

namespace SdCompiler.Samples.Translator.Models;

/// <summary>The names of dropout regimes on the command line and in tables.</summary>
internal static class DropoutNames
{
    /// <summary>Values of <c>--pattern</c>.</summary>
    public static readonly string[] Patterns = ["dense", "random", "random-fixed", "structured", "structured-fixed"];

    /// <summary>Values of <c>--sites</c>.</summary>
    public static readonly string[] Sites = [InputOnly, WithRecurrent];

    /// <summary>Non-recurrent connections only.</summary>
    public const string InputOnly = "nr";

    /// <summary>Recurrent connections too.</summary>
    public const string WithRecurrent = "nr+rh";

    /// <summary>The variant of a pattern and its sites.</summary>
    public static Dropout Variant(string pattern, string sites)
    {
        bool inputOnly = sites == InputOnly;
        return pattern switch
        {
            "dense" => Dropout.Dense,
            "random" => inputOnly ? Dropout.RandomInput : Dropout.Random,
            "random-fixed" => inputOnly ? Dropout.RandomFixedInput : Dropout.RandomFixed,
            "structured" => inputOnly ? Dropout.StructuredInput : Dropout.Structured,
            "structured-fixed" => inputOnly ? Dropout.StructuredFixedInput : Dropout.StructuredFixed,
            _ => throw new ArgumentOutOfRangeException(nameof(pattern), pattern, "Not a name of Patterns."),
        };
    }

    /// <summary>A variant as people write it: "structured, nr+rh".</summary>
    public static string Text(Dropout variant) => variant == Dropout.Dense ? "dense" : $"{Pattern(variant)}, {SitesOf(variant)}";

    /// <summary>The value of <c>--pattern</c>.</summary>
    public static string Pattern(Dropout variant) => variant switch
    {
        Dropout.Dense => "dense",
        Dropout.Random or Dropout.RandomInput => "random",
        Dropout.RandomFixed or Dropout.RandomFixedInput => "random-fixed",
        Dropout.Structured or Dropout.StructuredInput => "structured",
        Dropout.StructuredFixed or Dropout.StructuredFixedInput => "structured-fixed",
        _ => throw new ArgumentOutOfRangeException(nameof(variant), variant, "Not a variant."),
    };

    /// <summary>The value of <c>--sites</c>.</summary>
    public static string SitesOf(Dropout variant) =>
        variant is Dropout.RandomInput or Dropout.RandomFixedInput or Dropout.StructuredInput or Dropout.StructuredFixedInput ? InputOnly : WithRecurrent;
}
