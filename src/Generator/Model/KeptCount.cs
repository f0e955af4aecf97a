using System;

namespace SdCompiler.Generator.Model;

/// <summary>How many units a structured mask with a fixed count keeps: the one place that rounds.</summary>
internal static class KeptCount
{
    /// <summary>round((1 - rate) * units), halves away from zero, at least 1; in decimal, so that every machine rounds alike.</summary>
    /// <param name="rate">Drop probability in [0, 1), as written: (decimal)0.35 is 0.35, because that conversion keeps 15 digits.</param>
    /// <param name="units">Units of the masked vector, at least 1.</param>
    public static int Of(decimal rate, int units) => Math.Max(1, Unclamped(rate, units));

    /// <summary>The same before the clamp: 0 means that the rate would drop every unit.</summary>
    public static int Unclamped(decimal rate, int units) => (int)decimal.Round((1m - rate) * units, 0, MidpointRounding.AwayFromZero);
}
