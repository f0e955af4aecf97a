using SdCompiler.Samples.Shared;
using Xunit;

namespace SdCompiler.Tagger.Tests;

public sealed class FixedPointTests
{
    [Theory]
    [InlineData(3.125, 2, "3.12")] // ties go to the even digit
    [InlineData(3.375, 2, "3.38")]
    [InlineData(6.25, 1, "6.2")]
    [InlineData(0.5, 0, "0")]
    [InlineData(1.5, 0, "2")]
    [InlineData(2.675, 2, "2.67")] // a little below the tie in binary
    [InlineData(1.115, 2, "1.11")] // 1.115 is 1.11499..., and 111.5 only after rounding
    [InlineData(100.0 / 3, 2, "33.33")]
    [InlineData(100, 2, "100.00")]
    [InlineData(-0.125, 2, "-0.12")]
    public void NumbersAreRoundedAsPrintfRoundsThem(double value, int decimals, string text) => Assert.Equal(text, FixedPoint.Format(value, decimals));
}
