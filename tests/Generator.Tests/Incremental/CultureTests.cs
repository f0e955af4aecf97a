using System.Globalization;
using System.Linq;
using SdCompiler.Generator.Tests.Harness;
using Xunit;

namespace SdCompiler.Generator.Tests.Incremental;

/// <summary>The same bytes and the same messages on every machine: decimal commas and the Turkish i change nothing.</summary>
public sealed class CultureTests
{
    private const string Wrong = """
        using SdCompiler;
        [StructuredDropoutLstm(InitialRange = 0.25)]
        public partial class Model
        {
            [Dimension] public partial int Items { get; }
            [Dimension] public partial int ITEMS2 { get; }
            [Embedding(nameof(Items), 4, WordDropout = 1.5)] public partial EmbeddingLayer Words { get; }
            [Softmax(nameof(ITEMS2), InputDropout = 0.01)] public partial SoftmaxLayer Next { get; }
        }
        """;

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("de-DE")]
    [InlineData("fa-IR")]
    public void The_culture_changes_nothing(string name)
    {
        string[] expected = [.. Texts(CultureInfo.InvariantCulture)];
        // A culture of its own, because the tests may run where the machine's cultures are switched off.
        CultureInfo culture = (CultureInfo)new CultureInfo(name, useUserOverride: false).Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NegativeSign = "\u2212";
        Assert.Equal(expected, Texts(culture));
    }

    private static string[] Texts(CultureInfo culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = culture;
        try
        {
            return
            [
                .. new[] { TestModels.Zaremba, Wrong }
                    .Select(source => GeneratorHarness.Run(source))
                    .SelectMany(run => run.Result.GeneratedSources.Select(source => source.HintName + source.SourceText).Concat(run.Diagnostics.Select(diagnostic => diagnostic.GetMessage(culture)))),
            ];
        }
        finally
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = before;
        }
    }
}
