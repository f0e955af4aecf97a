using System.Runtime.Intrinsics;
using SdCompiler.Runtime;

namespace SdCompiler.Samples.Benchmarks.Measuring;

/// <summary>The loop of fused multiply-adds on every lane, as wide as the kernels in use.</summary>
internal sealed class PeakWork : ILaneWork
{
    private double _sink;

    /// <summary>Iterations of each lane.</summary>
    public long Iterations { get; set; } = 1;

    /// <summary>Floating-point operations of one iteration.</summary>
    /// <param name="kernels">The kernels in use.</param>
    public static double Operations(KernelSet kernels) => kernels.Name switch
    {
        "vector512" => FmaLoop<Simd512, Vector512<float>>.Operations,
        "vector256" => FmaLoop<Simd256, Vector256<float>>.Operations,
        "vector128" => FmaLoop<Simd128, Vector128<float>>.Operations,
        _ => FmaLoop<SimdScalar, float>.Operations,
    };

    /// <inheritdoc/>
    public void Execute(Lane lane)
    {
        double sum = lane.Kernels.Name switch
        {
            "vector512" => FmaLoop<Simd512, Vector512<float>>.Run(Iterations),
            "vector256" => FmaLoop<Simd256, Vector256<float>>.Run(Iterations),
            "vector128" => FmaLoop<Simd128, Vector128<float>>.Run(Iterations),
            _ => FmaLoop<SimdScalar, float>.Run(Iterations),
        };
        if (lane.Index == 0)
        {
            _sink += sum;
        }
    }
}
