using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SdCompiler.Runtime;

/// <summary>The LSTM cell of one panel of 8 units (F2 to F4, B1 and B2), for one vector width. Every width gives the same bits.</summary>
/// <typeparam name="S">The operations.</typeparam>
/// <typeparam name="V">The vector.</typeparam>
/// <remarks>
/// A panel's gates lie 8 units wide in the batch's rows, h lies the other way round. Both are copied to small tiles <c>[row][8]</c> on the
/// stack, one for each gate, so that the arithmetic runs over contiguous numbers at any width; it costs five exponentials and divisions
/// a unit, and the copies little beside them. No tiering: see <see cref="ElementwiseLoops{S, V}"/>.
/// </remarks>
internal static unsafe class CellLoops<S, V>
    where S : struct, ISimd<V>
    where V : struct
{
    private const int Units = KernelSet.PanelUnits;

    /// <summary>Rows of a tile: 7 tiles of 32 rows are 7 KiB, which leaves the first-level cache to the panel itself.</summary>
    private const int TileRows = 32;

    private const int Tile = TileRows * Units;

    /// <inheritdoc cref="KernelSet.CellForward"/>
    [SkipLocalsInit] // every tile is filled before it is read
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(float* gates, int gatesStride, float* cPrev, float* cNext, int cStride, float* h, int hStride, int units, int rows)
    {
        float* tiles = stackalloc float[6 * Tile];
        float* i = tiles, f = i + Tile, g = f + Tile, o = g + Tile, c = o + Tile, y = c + Tile;
        for (int start = 0; start < rows; start += TileRows)
        {
            int count = int.Min(TileRows, rows - start);
            long cOffset = (long)start * cStride;
            LoadGates(gates + ((long)start * gatesStride), gatesStride, i, f, g, o, count);
            Copy(cPrev + cOffset, cStride, c, Units, count);
            int n = Padded(count, i, f, g, o, c);
            Sigmoid(i, n);
            Sigmoid(f, n);
            Tanh(g, g, n);
            Sigmoid(o, n);
            for (int k = 0; k < n; k += S.Count)
            {
                S.Store(S.MultiplyAdd(S.Load(f + k), S.Load(c + k), S.Multiply(S.Load(i + k), S.Load(g + k))), c + k); // F3
            }

            Tanh(c, y, n);
            for (int k = 0; k < n; k += S.Count)
            {
                S.Store(S.Multiply(S.Load(o + k), S.Load(y + k)), y + k); // F4
            }

            StoreGates(gates + ((long)start * gatesStride), gatesStride, i, f, g, o, count);
            Copy(c, Units, cNext + cOffset, cStride, count);
            for (int u = 0; u < units; u++)
            {
                float* to = h + ((long)u * hStride) + start;
                for (int b = 0; b < count; b++)
                {
                    to[b] = y[(b * Units) + u];
                }
            }
        }
    }

    /// <inheritdoc cref="KernelSet.CellBackward"/>
    [SkipLocalsInit] // every tile is filled before it is read
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(float* gates, int gatesStride, float* cPrev, float* cNext, float* dc, int cStride, float* dhAbove, float* dhRecurrent, int hStride, int units, int rows, int recurrentRows)
    {
        float* tiles = stackalloc float[8 * Tile];
        float* i = tiles, f = i + Tile, g = f + Tile, o = g + Tile, old = o + Tile, tanh = old + Tile, dh = tanh + Tile, d = dh + Tile;
        for (int start = 0; start < rows; start += TileRows)
        {
            int count = int.Min(TileRows, rows - start);
            int recurrent = int.Clamp(recurrentRows - start, 0, count);
            long cOffset = (long)start * cStride;
            LoadGates(gates + ((long)start * gatesStride), gatesStride, i, f, g, o, count);
            Copy(cPrev + cOffset, cStride, old, Units, count);
            Copy(cNext + cOffset, cStride, tanh, Units, count);
            Copy(dc + cOffset, cStride, d, Units, recurrent);
            Zero(d + (recurrent * Units), (count - recurrent) * Units);
            LoadUnits(dhAbove + start, dhRecurrent + start, hStride, units, dh, count, recurrent);
            int n = Padded(count, i, f, g, o, old);
            Padded(count, tanh, dh, d, d, d);
            Tanh(tanh, tanh, n);
            V one = S.Create(1f);
            for (int k = 0; k < n; k += S.Count)
            {
                V gateI = S.Load(i + k), gateF = S.Load(f + k), gateG = S.Load(g + k), gateO = S.Load(o + k), y = S.Load(tanh + k), dy = S.Load(dh + k);
                V dCell = S.MultiplyAdd(S.Multiply(dy, gateO), S.Subtract(one, S.Multiply(y, y)), S.Load(d + k)); // B1
                S.Store(S.Multiply(S.Multiply(dCell, gateG), S.Multiply(gateI, S.Subtract(one, gateI))), i + k); // B2, four times
                S.Store(S.Multiply(S.Multiply(dCell, S.Load(old + k)), S.Multiply(gateF, S.Subtract(one, gateF))), f + k);
                S.Store(S.Multiply(S.Multiply(dCell, gateI), S.Subtract(one, S.Multiply(gateG, gateG))), g + k);
                S.Store(S.Multiply(S.Multiply(dy, y), S.Multiply(gateO, S.Subtract(one, gateO))), o + k);
                S.Store(S.Multiply(dCell, gateF), d + k);
            }

            StoreGates(gates + ((long)start * gatesStride), gatesStride, i, f, g, o, count);
            Copy(d, Units, dc + cOffset, cStride, count);
        }
    }

    /// <summary>Fills the tiles up to a whole vector, so that the loops have no tail; returns the padded length.</summary>
    private static int Padded(int rows, float* a, float* b, float* c, float* d, float* e)
    {
        int length = rows * Units, padded = (length + S.Count - 1) / S.Count * S.Count;
        Zero(a + length, padded - length);
        Zero(b + length, padded - length);
        Zero(c + length, padded - length);
        Zero(d + length, padded - length);
        Zero(e + length, padded - length);
        return padded;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sigmoid(float* values, int n)
    {
        for (int k = 0; k < n; k += S.Count)
        {
            S.Store(FastMathOf<S, V>.Sigmoid(S.Load(values + k)), values + k);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tanh(float* values, float* to, int n)
    {
        for (int k = 0; k < n; k += S.Count)
        {
            S.Store(FastMathOf<S, V>.Tanh(S.Load(values + k)), to + k);
        }
    }

    private static void LoadGates(float* gates, int gatesStride, float* i, float* f, float* g, float* o, int rows)
    {
        Copy(gates, gatesStride, i, Units, rows);
        Copy(gates + Units, gatesStride, f, Units, rows);
        Copy(gates + (2 * Units), gatesStride, g, Units, rows);
        Copy(gates + (3 * Units), gatesStride, o, Units, rows);
    }

    private static void StoreGates(float* gates, int gatesStride, float* i, float* f, float* g, float* o, int rows)
    {
        Copy(i, Units, gates, gatesStride, rows);
        Copy(f, Units, gates + Units, gatesStride, rows);
        Copy(g, Units, gates + (2 * Units), gatesStride, rows);
        Copy(o, Units, gates + (3 * Units), gatesStride, rows);
    }

    /// <summary>dh of both sources, turned round to [row][8]; padding units get 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void LoadUnits(float* above, float* recurrent, int stride, int units, float* to, int rows, int recurrentRows)
    {
        for (int u = 0; u < Units; u++)
        {
            for (int b = 0; b < rows; b++)
            {
                float sum = u < units ? above[((long)u * stride) + b] : 0f;
                to[(b * Units) + u] = u < units && b < recurrentRows ? sum + recurrent[((long)u * stride) + b] : sum;
            }
        }
    }

    /// <summary>8 floats of each row, as two halves, which every processor moves in one instruction each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Copy(float* from, int fromStride, float* to, int toStride, int rows)
    {
        for (long b = 0; b < rows; b++)
        {
            Vector128<float> low = Vector128.Load(from), high = Vector128.Load(from + 4);
            Vector128.Store(low, to);
            Vector128.Store(high, to + 4);
            from += fromStride;
            to += toStride;
        }
    }

    private static void Zero(float* values, int count) => new Span<float>(values, count).Clear();
}
