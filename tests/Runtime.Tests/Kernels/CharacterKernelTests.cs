using System;
using Xunit;

namespace SdCompiler.Runtime.Tests;

/// <summary>The convolution over a word: every set of this machine against sums in double precision and against the plain loops, with guard elements around.</summary>
public sealed unsafe class CharacterKernelTests
{
    public static TheoryData<string> Sets() => KernelCases.Sets();

    [Theory]
    [MemberData(nameof(Sets))]
    public void EverySetFindsTheFirstLargestPlace(string name)
    {
        KernelSet set = KernelSet.ByName(name);
        for (int filters = 1; filters <= 70; filters++)
        {
            foreach (int taps in new[] { 1, 3, 5, 9 })
            {
                int length = 1 + (filters % 7), stride = (filters * taps) + (filters % 3);
                Random random = new(filters);
                // The last character ends with its last tap: a set that reads beyond it meets what the guards hold, and a fault further on.
                using GuardedFloats q = new(((length - 1) * stride) + (filters * taps), random), bias = new(filters, random);
                using GuardedFloats best = new(filters), place = new(filters), plain = new(filters), plainPlace = new(filters);
                set.LargestPlace(q.Pointer, stride, length, filters, taps, bias.Pointer, best.Pointer, place.Pointer);
                KernelSet.Reference.LargestPlace(q.Pointer, stride, length, filters, taps, bias.Pointer, plain.Pointer, plainPlace.Pointer);
                Assert.Equal(plain.ToArray(), best.ToArray());
                Assert.Equal(plainPlace.ToArray(), place.ToArray());
                for (int f = 0; f < filters; f++)
                {
                    (double expected, int at) = Textbook(q, stride, length, filters, taps, f);
                    Assert.Equal(expected + bias.Pointer[f], best.Pointer[f], 1e-5);
                    Assert.Equal(at, (int)place.Pointer[f]);
                }

                Array.ForEach([q, bias, best, place, plain, plainPlace], values => values.CheckGuards());
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void TheFirstOfEqualPlacesWinsAndNotANumberIsNotPassedOver(string name)
    {
        const int Filters = 19, Length = 4;
        using GuardedFloats q = new(Length * Filters), bias = new(Filters), best = new(Filters), place = new(Filters);
        for (int f = 0; f < Filters; f++)
        {
            q.Pointer[f] = float.NegativeInfinity;
            q.Pointer[Filters + f] = q.Pointer[(3 * Filters) + f] = f % 2 == 0 ? 2 : 1; // equal places 1 and 3
            q.Pointer[(2 * Filters) + f] = f % 3 == 0 ? float.NaN : 0.5f;
        }

        KernelSet.ByName(name).LargestPlace(q.Pointer, Filters, Length, Filters, 1, bias.Pointer, best.Pointer, place.Pointer);
        for (int f = 0; f < Filters; f++)
        {
            Assert.Equal(f % 3 == 0 ? float.NaN : f % 2 == 0 ? 2 : 1, best.Pointer[f]);
            Assert.Equal(1, place.Pointer[f]);
        }
    }

    private static (double Largest, int Place) Textbook(GuardedFloats q, int stride, int length, int filters, int taps, int f)
    {
        (double Largest, int Place) best = (double.NegativeInfinity, 0);
        for (int p = 0; p < length; p++)
        {
            double sum = 0;
            for (int k = 0; k < taps; k++)
            {
                int at = p + k - (taps / 2);
                sum += at >= 0 && at < length ? q.Pointer[(at * stride) + (k * filters) + f] : 0;
            }

            best = sum > best.Largest ? (sum, p) : best;
        }

        return best;
    }
}
