using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using SdCompiler.Generator.Diagnostics;
using SdCompiler.Generator.Tests.Harness;
using Xunit;

namespace SdCompiler.Generator.Tests.Diagnostics;

/// <summary>The help page has a heading for each id, and its examples are true: the wrong one gives that id alone, the right one nothing.</summary>
public sealed class HelpPageTests
{
    private static readonly string[] NotShownByOneFile = ["SDC0018", "SDC0200", "SDC0201", "SDC0202", "SDC9000"];

    public static TheoryData<string> Ids() => [.. DiagnosticDescriptors.All.Select(descriptor => descriptor.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Each_id_has_a_heading_with_a_true_example(string id)
    {
        DiagnosticDescriptor descriptor = DiagnosticDescriptors.Of(id);
        Assert.EndsWith("src/Generator/Diagnostics/README.md#" + id.ToLowerInvariant(), descriptor.HelpLinkUri, StringComparison.Ordinal);
        string section = Assert.Contains(id, Sections());
        Assert.Contains("**" + descriptor.Title + "**", section, StringComparison.Ordinal);
        Assert.Equal(descriptor.DefaultSeverity == DiagnosticSeverity.Warning, section.Contains("(warning)", StringComparison.Ordinal));
        if (NotShownByOneFile.Contains(id))
        {
            return;
        }

        string[] examples = [.. Regex.Matches(section, "```csharp\n(.*?)```", RegexOptions.Singleline).Select(match => match.Groups[1].Value)];
        Assert.Equal(2, examples.Length);
        Assert.Equal([id], GeneratorHarness.Run(ModelText.Complete(examples[0])).Diagnostics.Select(diagnostic => diagnostic.Id));
        GeneratorRun right = GeneratorHarness.Run(ModelText.Complete(examples[1]));
        Assert.Empty(right.Diagnostics.Select(diagnostic => diagnostic.ToString()));
        Assert.Empty(right.CSharpProblems.Where(problem => problem.Severity == DiagnosticSeverity.Error).Select(problem => problem.ToString()));
    }

    [Fact]
    public void Each_id_is_in_the_release_notes()
    {
        string notes = File.ReadAllText(Path.Combine(Root(), "AnalyzerReleases.Shipped.md")) + File.ReadAllText(Path.Combine(Root(), "AnalyzerReleases.Unshipped.md"));
        Assert.Equal(
            DiagnosticDescriptors.All.Select(descriptor => $"{descriptor.Id} | {descriptor.Category} | {descriptor.DefaultSeverity} | {descriptor.Title}"),
            notes.Split('\n').Where(line => line.StartsWith("SDC", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    private static Dictionary<string, string> Sections() => File.ReadAllText(Path.Combine(Root(), "Diagnostics", "README.md")).ReplaceLineEndings("\n")
        .Split("\n## ").Skip(1).ToDictionary(section => section[..section.IndexOf('\n', StringComparison.Ordinal)], section => section);

    private static string Root([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "..", "src", "Generator"));
}
