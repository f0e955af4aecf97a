using System;
using System.Linq;
using System.Text;

namespace SdCompiler.Samples.Shared;

/// <summary>
/// The names of dropout regimes on the command line and in tables. A model's variants say them themselves: StructuredFixedInput is the pattern "structured-fixed" at the sites "nr", StructuredFixed the same at
/// "nr+rh", and Dense is neither.
/// </summary>
internal static class DropoutNames
{
    /// <summary>No dropout.</summary>
    public const string Dense = "dense";

    /// <summary>Units of each sample, redrawn at every step; an AWD-LSTM's own regime.</summary>
    public const string Random = "random";

    /// <summary>Units of each sample, one draw per window.</summary>
    public const string RandomFixed = "random-fixed";

    /// <summary>The same units for the whole batch, redrawn at every step.</summary>
    public const string Structured = "structured";

    /// <summary>Non-recurrent connections only.</summary>
    public const string InputOnly = "nr";

    /// <summary>Recurrent connections too.</summary>
    public const string WithRecurrent = "nr+rh";

    private const string InputSuffix = "Input";

    /// <summary>Values of <c>--sites</c>.</summary>
    public static readonly string[] Sites = [InputOnly, WithRecurrent];

    /// <summary>Values of <c>--pattern</c>, in alphabetical order.</summary>
    /// <typeparam name="TVariant">The variants that a model is compiled for.</typeparam>
    public static string[] Patterns<TVariant>()
        where TVariant : struct, Enum
        => Enum.GetValues<TVariant>().Select(Pattern).Distinct().Order(StringComparer.Ordinal).ToArray();

    /// <summary>The variant of a pattern and its sites; sites do not matter to the dense one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    public static TVariant Variant<TVariant>(string pattern, string sites)
        where TVariant : struct, Enum
    {
        TVariant[] found = Enum.GetValues<TVariant>().Where(variant => Pattern(variant) == pattern && (pattern == Dense || SitesOf(variant) == sites)).ToArray();
        return found.Length == 1 ? found[0] : throw new ArgumentOutOfRangeException(nameof(pattern), $"{pattern}, {sites}", "Not a variant.");
    }

    /// <summary>A variant as people write it: "structured, nr+rh".</summary>
    public static string Text<TVariant>(TVariant variant)
        where TVariant : struct, Enum
        => Pattern(variant) == Dense ? Dense : $"{Pattern(variant)}, {SitesOf(variant)}";

    /// <summary>The value of <c>--pattern</c>.</summary>
    public static string Pattern<TVariant>(TVariant variant)
        where TVariant : struct, Enum
    {
        string name = variant.ToString();
        if (name.EndsWith(InputSuffix, StringComparison.Ordinal))
        {
            name = name[..^InputSuffix.Length];
        }

        StringBuilder text = new();
        foreach (char letter in name)
        {
            text.Append(char.IsUpper(letter) && text.Length > 0 ? "-" : string.Empty).Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }

    /// <summary>The value of <c>--sites</c>.</summary>
    public static string SitesOf<TVariant>(TVariant variant)
        where TVariant : struct, Enum
        => variant.ToString().EndsWith(InputSuffix, StringComparison.Ordinal) ? InputOnly : WithRecurrent;
}
