using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace SdCompiler.Runtime.Tests;

/// <summary>What the kernel tests share: the sets of this processor, lists of kept units, and comparisons.</summary>
internal static class KernelCases
{
    /// <summary>Every set that this processor can run, by name.</summary>
    public static TheoryData<string> Sets()
    {
        TheoryData<string> data = [];
        foreach (KernelSet set in KernelSet.Available)
        {
            data.Add(set.Name);
        }

        return data;
    }

    /// <summary>Kept counts 0 to 257 with batch sizes that run through 1 to 33, and a few counts with every batch size.</summary>
    public static IEnumerable<(int Count, int Rows)> Shapes()
    {
        for (int count = 0; count <= 257; count++)
        {
            yield return (count, 1 + (count * 7 % 33));
        }

        foreach (int count in new[] { 1, 6, 25 })
        {
            for (int rows = 0; rows <= 33; rows++)
            {
                yield return (count, rows);
            }
        }
    }

    /// <summary>An ascending list of <paramref name="count"/> of <paramref name="units"/> units.</summary>
    public static int[] Kept(int units, int count, Random random)
    {
        int[] all = Enumerable.Range(0, units).ToArray();
        random.Shuffle(all);
        return all.Take(count).Order().ToArray();
    }

    /// <summary>Asserts that a sum of floats is as near to the exact one as rounding lets it be.</summary>
    /// <param name="exact">The sum in double precision.</param>
    /// <param name="size">The sum of the absolute values of its terms.</param>
    /// <param name="actual">The kernel's.</param>
    public static void AssertNear(double exact, double size, float actual)
    {
        if (!(Math.Abs(exact - actual) <= (2e-6 * size) + 1e-7))
        {
            Assert.Fail($"Expected {exact:g9}, but the kernel gives {actual:g9} (terms sum to {size:g4}).");
        }
    }
}
