using System;
using System.Globalization;
using System.Linq;
using System.Xml.Linq;
using SdCompiler.Samples.Shared.Charts;
using SdCompiler.Samples.Shared.Training;
using Xunit;

namespace SdCompiler.LanguageModel.Tests;

public sealed class LearningCurveChartTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void AChartIsWellFormedAndStaysInsideItsFrame()
    {
        Curve train = new("training <&>", "#2563eb", [new(1, 300), new(2, 150), new(3, 90)]);
        Curve valid = new("validation", "#d97706", [new(1, 250), new(2, 160), new(3, double.NaN), new(3.5, 120)]);
        XElement root = XDocument.Parse(new LearningCurveChart("zaremba-small & \"co\"", Measure.Perplexity, [train, valid], 85).Render()).Root!;
        Assert.Equal(Svg + "svg", root.Name);
        Assert.Equal(2, root.Elements(Svg + "polyline").Count());
        Assert.Contains(root.Descendants(Svg + "text"), text => text.Value.StartsWith("training <&>", StringComparison.Ordinal));
        foreach (XElement line in root.Elements(Svg + "polyline"))
        {
            foreach (string point in line.Attribute("points")!.Value.Split(' '))
            {
                double[] xy = point.Split(',').Select(part => double.Parse(part, CultureInfo.InvariantCulture)).ToArray();
                Assert.InRange(xy[0], 0, 760);
                Assert.InRange(xy[1], 0, 440);
            }
        }
    }

    [Fact]
    public void AChartWithoutPointsIsWellFormed() =>
        Assert.NotNull(XDocument.Parse(new LearningCurveChart("empty", Measure.Perplexity, [new Curve("training", "red", [])]).Render()).Root);

    [Theory]
    [InlineData(1)]
    [InlineData(13)]
    [InlineData(55)]
    [InlineData(4000)]
    public void EpochMarksAreFewAndRound(double end)
    {
        double[] ticks = AxisTicks.Whole(end).ToArray();
        Assert.InRange(ticks.Length, 2, 12);
        Assert.All(ticks, tick => Assert.Equal(Math.Round(tick), tick));
    }

    [Fact]
    public void ALinearAxisShowsMeasuresOfAnySign()
    {
        Measure score = new("F1", "f1", "0.00", Logarithmic: false);
        XElement root = XDocument.Parse(new LearningCurveChart("tagger", score, [new Curve("validation", "red", [new(1, 0), new(2, 81.5), new(3, 90.25)])]).Render()).Root!;
        double[] heights = root.Element(Svg + "polyline")!.Attribute("points")!.Value.Split(' ').Select(point => double.Parse(point.Split(',')[1], CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(3, heights.Length);
        Assert.Equal(90.25 / 81.5, (heights[0] - heights[2]) / (heights[0] - heights[1]), 2);
        Assert.Contains(root.Elements(Svg + "text"), text => text.Value == "F1");
    }

    [Theory]
    [InlineData(-0.3, 0.2)]
    [InlineData(0, 90)]
    [InlineData(84.2, 85.1)]
    public void LinearMarksLieInTheRange(double low, double high)
    {
        double[] ticks = AxisTicks.Linear(low, high).ToArray();
        Assert.InRange(ticks.Length, 2, 12);
        Assert.All(ticks, tick => Assert.InRange(tick, low, high));
    }

    [Theory]
    [InlineData(6.5, 9.9)]
    [InlineData(80, 700)]
    [InlineData(1, 10000)]
    public void PerplexityMarksLieInTheRange(double low, double high)
    {
        double[] ticks = AxisTicks.Logarithmic(low, high).ToArray();
        Assert.InRange(ticks.Length, 2, 16);
        Assert.All(ticks, tick => Assert.InRange(tick, low * 0.999, high * 1.001));
    }
}
