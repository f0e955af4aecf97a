using System;

namespace SdCompiler.Samples.GpuCheck.Models;

/// <summary>How tables call regimes.</summary>
internal static class RegimeNames
{
    /// <summary>The name of one.</summary>
    public static string Of(Regime regime) => regime switch
    {
        Regime.Dense => "dense",
        Regime.Structured => "structured",
        Regime.StructuredFixed => "structured-fixed",
        Regime.Random => "random",
        Regime.RandomFixed => "random-fixed",
        _ => throw new ArgumentOutOfRangeException(nameof(regime)),
    };
}
