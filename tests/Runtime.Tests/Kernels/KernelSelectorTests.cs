using System;
using System.Linq;
using System.Reflection;
using Xunit;

namespace SdCompiler.Runtime.Tests;

/// <summary>Which kernel set runs, and that a set is whole.</summary>
public sealed class KernelSelectorTests
{
    [Fact]
    public void ThePlainLoopsAreAlwaysThereAndLast() => Assert.Same(KernelSet.Reference, KernelSet.Available[^1]);

    [Fact]
    public void EverySetIsFoundByItsNameInAnyCase()
    {
        foreach (KernelSet set in KernelSet.Available)
        {
            Assert.Same(set, KernelSet.ByName(set.Name.ToUpperInvariant()));
            Assert.Same(set, KernelSelector.Choose(" " + set.Name));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void WithoutTheVariableTheFirstSetIsBest(string? value) => Assert.Same(KernelSet.Available[0], KernelSelector.Choose(value));

    [Fact]
    public void AWrongNameSaysWhichNamesThereAre()
    {
        ArgumentException wrong = Assert.Throws<ArgumentException>(() => KernelSet.ByName("avx"));
        Assert.Contains("Kernel set 'avx' cannot be used; there is no set of that name: use one of ", wrong.Message, StringComparison.Ordinal);
        InvalidOperationException forced = Assert.Throws<InvalidOperationException>(() => KernelSelector.Choose("avx"));
        Assert.Contains("The environment variable SDCOMPILER_KERNELS is 'avx'", forced.Message, StringComparison.Ordinal);
        Assert.EndsWith("reference.", forced.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryVectorSetHasItsOwnFormOfEveryProduct()
    {
        string[] products = [nameof(KernelSet.ForwardPanel), nameof(KernelSet.WeightGradientPanel), nameof(KernelSet.BackwardRows), nameof(KernelSet.AddColumnSums), nameof(KernelSet.SumOfSquares), nameof(KernelSet.CellForward), nameof(KernelSet.CellBackward)];
        foreach (KernelSet set in KernelSet.Available.Where(set => set != KernelSet.Reference))
        {
            foreach (string product in products)
            {
                MethodInfo method = set.GetType().GetMethod(product, BindingFlags.Instance | BindingFlags.NonPublic)!;
                Assert.True(method.DeclaringType == set.GetType(), $"{set.Name} inherits {product} from the plain loops.");
            }
        }
    }
}
