using System;
using System.Collections.Generic;
using System.Linq;

namespace SdCompiler.Runtime;

/// <summary>Chooses the kernel set once per process: the best that the processor has, or the one that SDCOMPILER_KERNELS names.</summary>
/// <remarks>
/// The wider set comes first because it was the faster one in every product: in alternating runs on one Cascade Lake core, 650 units and
/// 20 rows, forward, weight gradient and backward product ran at 91, 72 and 70 GFLOP/s with 512 bits, at 44, 49 and 57 with 256. Narrower
/// sets are far behind, the plain loops at about 1. That processor's runtime advises against 512 bits; see
/// <see cref="Vector512Kernels.IsSupported"/>.
/// </remarks>
internal static class KernelSelector
{
    /// <summary>The environment variable that forces a set, so that two sets can be compared on one machine without a rebuild.</summary>
    public const string Variable = "SDCOMPILER_KERNELS";

    private static readonly string[] names = ["vector512", "vector256", "vector128", "reference"];

    private static readonly Lazy<KernelSet> best = new(() => Choose(Environment.GetEnvironmentVariable(Variable)));

    /// <summary>Plain loops.</summary>
    public static KernelSet Reference { get; } = new ReferenceKernels();

    /// <summary>The sets that this processor can run, best first.</summary>
    public static IReadOnlyList<KernelSet> Available { get; } = Detect();

    /// <summary>The set in use unless a trainer asks for another one.</summary>
    public static KernelSet Best => best.Value;

    /// <summary>What <see cref="Best"/> is for a value of the environment variable.</summary>
    /// <param name="forced">The variable's value; null or empty chooses the best set.</param>
    /// <exception cref="InvalidOperationException">The value names no set that can run here.</exception>
    public static KernelSet Choose(string? forced)
    {
        if (string.IsNullOrWhiteSpace(forced))
        {
            return Available[0];
        }

        return Find(forced) ?? throw new InvalidOperationException($"The environment variable {Variable} is '{forced}'; {WayOut(forced)}");
    }

    /// <summary>Finds a set by name.</summary>
    /// <exception cref="ArgumentException">No set has this name, or this processor cannot run it.</exception>
    public static KernelSet ByName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Find(name) ?? throw new ArgumentException($"Kernel set '{name}' cannot be used; {WayOut(name)}", nameof(name));
    }

    private static KernelSet? Find(string name) => Available.FirstOrDefault(set => set.Name.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase));

    private static string WayOut(string name)
    {
        string reason = names.Contains(name.Trim(), StringComparer.OrdinalIgnoreCase) ? "this processor cannot run it" : "there is no set of that name";
        return $"{reason}: use one of {string.Join(", ", Available.Select(set => set.Name))}.";
    }

    private static List<KernelSet> Detect()
    {
        List<KernelSet> sets = [];
        if (Vector512Kernels.IsSupported)
        {
            sets.Add(new Vector512Kernels());
        }

        if (Vector256Kernels.IsSupported)
        {
            sets.Add(new Vector256Kernels());
        }

        if (Vector128Kernels.IsSupported)
        {
            sets.Add(new Vector128Kernels());
        }

        sets.Add(Reference);
        return sets;
    }
}
