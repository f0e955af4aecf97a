using System;
using System.Globalization;

namespace SdCompiler.Samples.Shared;

/// <summary>Writes numbers with a fixed count of decimals, rounded as C's printf and Python's format do: exact ties go to the even digit.</summary>
/// <remarks>.NET's "F2" writes 3.125 as 3.13 where those write 3.12. Scores are fractions of small whole numbers, so ties do occur.</remarks>
internal static class FixedPoint
{
    /// <summary>A number with a fixed count of decimals.</summary>
    /// <param name="value">Finite.</param>
    /// <param name="decimals">From 0 to 15.</param>
    public static string Format(double value, int decimals)
    {
        double scale = Math.Pow(10, decimals);
        double scaled = value * scale;

        // A tie is a tie only when the product was exact: the fused product shows what its rounding lost.
        bool isTie = Math.FusedMultiplyAdd(value, scale, -scaled) == 0 && Math.Abs(scaled % 1) == 0.5;
        double shown = isTie ? Math.Round(scaled, MidpointRounding.ToEven) / scale : value;
        return shown.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }
}
