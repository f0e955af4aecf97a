using System.Runtime.CompilerServices;
using SdCompiler.Runtime;

namespace SdCompiler.Samples.Benchmarks.Measuring;

/// <summary>Nothing but fused multiply-adds between registers: what no product can beat.</summary>
/// <typeparam name="S">The operations of one vector width.</typeparam>
/// <typeparam name="V">The vector.</typeparam>
internal static class FmaLoop<S, V>
    where S : struct, ISimd<V>
    where V : struct
{
    /// <summary>
    /// Independent sums. Two units that take 4 cycles each want 8 of them (5 cycles: 10); 12 and their two factors fit into the 16
    /// registers that every x64 processor has, so that the loop neither loads nor stores.
    /// </summary>
    private const int Sums = 12;

    /// <summary>Floating-point operations of one iteration.</summary>
    public static double Operations => 2.0 * Sums * S.Count;

    /// <summary>Runs the loop.</summary>
    /// <param name="iterations">How often.</param>
    /// <returns>A number that depends on every sum, so that none is left out.</returns>
    // At once with full optimisation: code that is swapped while its loop runs keeps its sums in memory.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static double Run(long iterations)
    {
        // Each sum converges to 1: no overflow, no denormal number.
        V factor = S.Create(0.5f), add = S.Create(0.5f);
        V a0 = S.Create(0.1f), a1 = S.Create(0.2f), a2 = S.Create(0.3f), a3 = S.Create(0.4f), a4 = S.Create(0.5f), a5 = S.Create(0.6f);
        V a6 = S.Create(0.7f), a7 = S.Create(0.8f), a8 = S.Create(0.9f), a9 = S.Create(1.1f), a10 = S.Create(1.2f), a11 = S.Create(1.3f);
        for (long i = 0; i < iterations; i++)
        {
            a0 = S.MultiplyAdd(a0, factor, add);
            a1 = S.MultiplyAdd(a1, factor, add);
            a2 = S.MultiplyAdd(a2, factor, add);
            a3 = S.MultiplyAdd(a3, factor, add);
            a4 = S.MultiplyAdd(a4, factor, add);
            a5 = S.MultiplyAdd(a5, factor, add);
            a6 = S.MultiplyAdd(a6, factor, add);
            a7 = S.MultiplyAdd(a7, factor, add);
            a8 = S.MultiplyAdd(a8, factor, add);
            a9 = S.MultiplyAdd(a9, factor, add);
            a10 = S.MultiplyAdd(a10, factor, add);
            a11 = S.MultiplyAdd(a11, factor, add);
        }

        V low = S.Add(S.Add(S.Add(a0, a1), S.Add(a2, a3)), S.Add(a4, a5));
        V high = S.Add(S.Add(S.Add(a6, a7), S.Add(a8, a9)), S.Add(a10, a11));
        return S.Sum(S.Add(low, high));
    }
}
