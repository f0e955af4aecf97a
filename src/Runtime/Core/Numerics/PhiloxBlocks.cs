using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SdCompiler.Runtime;

/// <summary>Several blocks of <see cref="CounterRandom"/> at a time. Each counter word sits in the low half of a 64-bit lane, so that a widening multiplication needs no shuffles.</summary>
/// <remarks>
/// Upper halves carry leftovers from round to round: the multiplication reads lower halves only, and exclusive or mixes no halves.
/// On processors without a widening vector multiplication the scalar loop does all the work.
/// </remarks>
internal static unsafe class PhiloxBlocks
{
    /// <summary>Writes the words of consecutive blocks, the first with counter word 0 of <paramref name="c0"/>: as many of <paramref name="blocks"/> as make whole vectors; returns how many.</summary>
    public static int FillConsecutive(ulong key, uint c0, uint c1, uint c2, uint c3, uint* to, int blocks)
    {
        uint* words = stackalloc uint[4 * 8];
        int block = 0;
        int width = Width;
        for (; width > 1 && block + width <= blocks; block += width)
        {
            Many(key, c0 + (uint)block, 1, c1, 0, c2, c3, words);
            for (int i = 0; i < width; i++)
            {
                for (int w = 0; w < 4; w++)
                {
                    to[((block + i) * 4) + w] = words[(w * 8) + i];
                }
            }
        }

        return block;
    }

    /// <summary>
    /// Writes 0 or a scale for four units and many samples: multiplier [unit w][sample b] is the scale where word w of the block (c0, c1 = b) lies below the threshold.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="c0">Counter word 0: the number of the group of four units.</param>
    /// <param name="c2">Counter word 2.</param>
    /// <param name="c3">Counter word 3.</param>
    /// <param name="threshold">Keep probability times 2^32.</param>
    /// <param name="scale">The multiplier of what is kept.</param>
    /// <param name="to">[units][stride].</param>
    /// <param name="stride">Floats from one unit to the next.</param>
    /// <param name="units">1 to 4.</param>
    /// <param name="samples">How many samples.</param>
    public static void FillMultipliers(
        ulong key, uint c0, uint c2, uint c3, uint threshold, float scale, float* to, int stride, int units, int samples)
    {
        uint* words = stackalloc uint[4 * 8];
        int width = Width;
        for (int b = 0; b < samples; b += width)
        {
            int count = samples - b < width ? samples - b : width;
            Many(key, c0, 0, (uint)b, 1, c2, c3, words);
            for (int w = 0; w < units; w++)
            {
                float* row = to + ((long)w * stride) + b;
                if (count == 8)
                {
                    Vector256<float> kept = Vector256.LessThan(Vector256.Load(words + (w * 8)), Vector256.Create(threshold)).AsSingle();
                    (kept & Vector256.Create(scale)).Store(row);
                    continue;
                }

                // A wider store would reach into the next unit's row, or into another lane's time step.
                for (int i = 0; i < count; i++)
                {
                    row[i] = words[(w * 8) + i] < threshold ? scale : 0f;
                }
            }
        }
    }

    /// <summary>How many blocks <see cref="Many"/> makes.</summary>
    public static int Width => Avx512F.IsSupported ? 8 : Avx2.IsSupported ? 4 : 1;

    /// <summary>Blocks whose counter words 0 and 1 grow by a step from one to the next; word w of block i goes to [8 w + i].</summary>
    private static void Many(ulong key, uint c0, uint step0, uint c1, uint step1, uint c2, uint c3, uint* words)
    {
        if (Avx512F.IsSupported)
        {
            Vector512<ulong> index = Vector512<ulong>.Indices;
            Vector512<ulong> a = Vector512.Create((ulong)c0) + (step0 == 0 ? Vector512<ulong>.Zero : index);
            Vector512<ulong> b = Vector512.Create((ulong)c1) + (step1 == 0 ? Vector512<ulong>.Zero : index);
            Rounds512(key, ref a, ref b, c2, c3, out Vector512<ulong> c, out Vector512<ulong> d);
            Vector512.Narrow(a, Vector512<ulong>.Zero).GetLower().Store(words);
            Vector512.Narrow(b, Vector512<ulong>.Zero).GetLower().Store(words + 8);
            Vector512.Narrow(c, Vector512<ulong>.Zero).GetLower().Store(words + 16);
            Vector512.Narrow(d, Vector512<ulong>.Zero).GetLower().Store(words + 24);
        }
        else if (Avx2.IsSupported)
        {
            Vector256<ulong> index = Vector256<ulong>.Indices;
            Vector256<ulong> a = Vector256.Create((ulong)c0) + (step0 == 0 ? Vector256<ulong>.Zero : index);
            Vector256<ulong> b = Vector256.Create((ulong)c1) + (step1 == 0 ? Vector256<ulong>.Zero : index);
            Rounds256(key, ref a, ref b, c2, c3, out Vector256<ulong> c, out Vector256<ulong> d);
            Vector256.Narrow(a, Vector256<ulong>.Zero).GetLower().Store(words);
            Vector256.Narrow(b, Vector256<ulong>.Zero).GetLower().Store(words + 8);
            Vector256.Narrow(c, Vector256<ulong>.Zero).GetLower().Store(words + 16);
            Vector256.Narrow(d, Vector256<ulong>.Zero).GetLower().Store(words + 24);
        }
        else
        {
            for (uint i = 0; i < Width; i++)
            {
                RandomBlock block = CounterRandom.Block(key, c0 + (i * step0), c1 + (i * step1), c2, c3);
                words[i] = block.W0;
                words[8 + i] = block.W1;
                words[16 + i] = block.W2;
                words[24 + i] = block.W3;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Rounds512(
        ulong key, ref Vector512<ulong> a, ref Vector512<ulong> b, uint c2, uint c3, out Vector512<ulong> c, out Vector512<ulong> d)
    {
        Vector512<uint> m0 = Vector512.Create((ulong)CounterRandom.Multiplier0).AsUInt32();
        Vector512<uint> m1 = Vector512.Create((ulong)CounterRandom.Multiplier1).AsUInt32();
        uint k0 = (uint)key;
        uint k1 = (uint)(key >> 32);
        c = Vector512.Create((ulong)c2);
        d = Vector512.Create((ulong)c3);
        for (int round = 0; round < CounterRandom.Rounds; round++)
        {
            Vector512<ulong> p0 = Avx512F.Multiply(a.AsUInt32(), m0);
            Vector512<ulong> p1 = Avx512F.Multiply(c.AsUInt32(), m1);
            a = (p1 >>> 32) ^ b ^ Vector512.Create((ulong)k0);
            b = p1;
            c = (p0 >>> 32) ^ d ^ Vector512.Create((ulong)k1);
            d = p0;
            k0 += CounterRandom.Weyl0;
            k1 += CounterRandom.Weyl1;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Rounds256(
        ulong key, ref Vector256<ulong> a, ref Vector256<ulong> b, uint c2, uint c3, out Vector256<ulong> c, out Vector256<ulong> d)
    {
        Vector256<uint> m0 = Vector256.Create((ulong)CounterRandom.Multiplier0).AsUInt32();
        Vector256<uint> m1 = Vector256.Create((ulong)CounterRandom.Multiplier1).AsUInt32();
        uint k0 = (uint)key;
        uint k1 = (uint)(key >> 32);
        c = Vector256.Create((ulong)c2);
        d = Vector256.Create((ulong)c3);
        for (int round = 0; round < CounterRandom.Rounds; round++)
        {
            Vector256<ulong> p0 = Avx2.Multiply(a.AsUInt32(), m0);
            Vector256<ulong> p1 = Avx2.Multiply(c.AsUInt32(), m1);
            a = (p1 >>> 32) ^ b ^ Vector256.Create((ulong)k0);
            b = p1;
            c = (p0 >>> 32) ^ d ^ Vector256.Create((ulong)k1);
            d = p0;
            k0 += CounterRandom.Weyl0;
            k1 += CounterRandom.Weyl1;
        }
    }
}
