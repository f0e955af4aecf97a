using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using SdCompiler.Generator.Diagnostics;
using SdCompiler.Generator.Tests.Diagnostics.Cases;
using SdCompiler.Generator.Tests.Harness;
using Xunit;

namespace SdCompiler.Generator.Tests.Diagnostics;

/// <summary>Every id: its message, the underlined text, and that there is no second message, neither ours nor one of C# about the members that are missing.</summary>
public sealed class DiagnosticTests
{
    // The project's own settings and the generator's failures cannot be shown by source text: ProjectTests has them.
    private static readonly string[] ShownElsewhere = ["SDC0018", "SDC0200", "SDC0201", "SDC0202", "SDC9000"];

    public static TheoryData<DiagnosticCase> Cases() => [.. All()];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_mistake_is_one_message_at_its_place(DiagnosticCase it)
    {
        string marked = ModelText.Complete(it.Source).ReplaceLineEndings("\n");
        int start = marked.IndexOf("[|", StringComparison.Ordinal);
        string source = marked.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal);
        string underlined = marked[(start + 2)..marked.IndexOf("|]", StringComparison.Ordinal)];

        GeneratorRun run = GeneratorHarness.Run(source);

        string[] messages = [.. run.Diagnostics.Select(diagnostic => diagnostic.Id + ": " + diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal(it.Id + ": " + it.Message, string.Join("\n", messages));
        Location location = run.Diagnostics[0].Location;
        Assert.True(location.IsInSource);
        Assert.Equal(underlined, source.Substring(location.SourceSpan.Start, location.SourceSpan.Length));
        Assert.Equal(start, location.SourceSpan.Start);
        Assert.Equal(it.CSharp, string.Join(" ", run.CSharpProblems.Where(problem => problem.Severity == DiagnosticSeverity.Error).Select(problem => problem.Id).Distinct().Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Every_id_has_a_case()
    {
        HashSet<string> shown = [.. All().Select(it => it.Id), .. ShownElsewhere];
        Assert.Equal(DiagnosticDescriptors.All.Select(descriptor => descriptor.Id), shown.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<DiagnosticCase> All() =>
        [.. ClassCases.All, .. MixtureCases.All, .. MemberCases.All, .. ValueCases.All, .. VariantCases.All, .. ConnectionCases.All, .. RegularizationCases.All, .. SideCases.All];
}
