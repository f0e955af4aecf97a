using System;
using System.Collections.Generic;

namespace SdCompiler.Samples.Shared.Charts;

/// <summary>Round numbers for the marks of an axis.</summary>
internal static class AxisTicks
{
    /// <summary>Numbers 1, 1.5, 2, 3, 5 and 7 (or, over a wide range, 1, 2 and 5) times powers of ten within a range, for a logarithmic axis.</summary>
    /// <param name="low">Above 0.</param>
    /// <param name="high">Above <paramref name="low"/>.</param>
    public static IReadOnlyList<double> Logarithmic(double low, double high)
    {
        double[] steps = high / low > 40 ? [1, 2, 5] : high / low > 3 ? [1, 1.5, 2, 3, 5, 7] : [1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.8, 2, 2.25, 2.5, 2.75, 3, 3.5, 4, 4.5, 5, 5.5, 6, 7, 8, 9];
        List<double> ticks = [];
        for (int power = (int)Math.Floor(Math.Log10(low)); power <= Math.Ceiling(Math.Log10(high)); power++)
        {
            foreach (double step in steps)
            {
                double tick = step * Math.Pow(10, power);
                if (tick >= low * 0.9999 && tick <= high * 1.0001)
                {
                    ticks.Add(tick);
                }
            }
        }

        return ticks;
    }

    /// <summary>Multiples of 1, 2 or 5 times a power of ten within a range, about five of them.</summary>
    /// <param name="low">Any number.</param>
    /// <param name="high">Above <paramref name="low"/>.</param>
    public static IReadOnlyList<double> Linear(double low, double high)
    {
        double rough = (high - low) / 5;
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = rough / power < 2 ? power : rough / power < 5 ? 2 * power : 5 * power;
        List<double> ticks = [];
        for (long i = (long)Math.Ceiling(low / step); i * step <= high; i++)
        {
            ticks.Add(i * step);
        }

        return ticks;
    }

    /// <summary>Whole numbers from 0 to an end, at most about ten of them.</summary>
    /// <param name="end">At least 1.</param>
    public static IReadOnlyList<double> Whole(double end)
    {
        double step = 1;
        foreach (double factor in (ReadOnlySpan<double>)[2, 2.5, 2])
        {
            // 1, 2, 5, 10, then ten times that until few enough remain.
            step = end / step > 10 ? step * factor : step;
        }

        while (end / step > 10)
        {
            step *= 10;
        }

        List<double> ticks = [];
        for (double tick = 0; tick <= end * 1.0001; tick += step)
        {
            ticks.Add(tick);
        }

        return ticks;
    }
}
