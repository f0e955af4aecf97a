using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Loops = SdCompiler.Runtime.CellLoops<SdCompiler.Runtime.Simd128, System.Runtime.Intrinsics.Vector128<float>>;

namespace SdCompiler.Runtime;

/// <content>The LSTM cell, and sums of squares.</content>
internal sealed unsafe partial class Vector128Kernels
{
    /// <inheritdoc/>
    internal override void CellForward(float* gates, int gatesStride, float* cPrev, float* cNext, int cStride, float* h, int hStride, int units, int rows)
        => Loops.Forward(gates, gatesStride, cPrev, cNext, cStride, h, hStride, units, rows);

    /// <inheritdoc/>
    internal override void CellBackward(float* gates, int gatesStride, float* cPrev, float* cNext, float* dc, int cStride, float* dhAbove, float* dhRecurrent, int hStride, int units, int rows, int recurrentRows)
        => Loops.Backward(gates, gatesStride, cPrev, cNext, dc, cStride, dhAbove, dhRecurrent, hStride, units, rows, recurrentRows);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override double SumOfSquares(float* values, long count)
    {
        // Products of floats are exact in double precision, so only the additions round.
        Vector128<double> sum0 = Vector128<double>.Zero, sum1 = Vector128<double>.Zero;
        long i = 0;
        for (; i + Vector128<float>.Count <= count; i += Vector128<float>.Count)
        {
            (Vector128<double> low, Vector128<double> high) = Vector128.Widen(Vector128.Load(values + i));
            sum0 += low * low;
            sum1 += high * high;
        }

        double sum = Vector128.Sum(sum0 + sum1);
        for (; i < count; i++)
        {
            sum += (double)values[i] * values[i];
        }

        return sum;
    }
}
