using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading;
using Microsoft.CodeAnalysis;
using SdCompiler.Generator.Diagnostics;
using SdCompiler.Generator.Model;
using SdCompiler.Generator.Parsing;

namespace SdCompiler.Generator.Emit;

/// <summary>
/// What the generator reports, repeated as comments at the top of emitted files. The live analyzer reads them there: it shows what the generator has not yet seen, so that
/// a build has each message once, from the generator, which runs where C# itself finds errors and calls no analyzers.
/// </summary>
internal static class MessageLines
{
    private const string Start = "// SDC";

    public static void Write(IEnumerable<DiagnosticInfo> diagnostics, SourceWriter writer)
    {
        foreach (DiagnosticInfo diagnostic in diagnostics)
        {
            writer.Line(Of(diagnostic));
        }
    }

    /// <summary>The line of one message. Its place is not part of it: a moved message re-emits no file.</summary>
    public static string Of(DiagnosticInfo diagnostic)
    {
        string format = DiagnosticDescriptors.Of(diagnostic.Id).MessageFormat.ToString(CultureInfo.InvariantCulture);
        StringBuilder line = new($"// {diagnostic.Id}: {string.Format(CultureInfo.InvariantCulture, format, diagnostic.Arguments.ToArray<object>())}");
        for (int i = 0; i < line.Length; i++)
        {
            // What the user wrote can be on several lines.
            line[i] = char.IsControl(line[i]) || line[i] is '\u2028' or '\u2029' ? ' ' : line[i];
        }

        return line.ToString().TrimEnd();
    }

    /// <summary>The lines of all messages that the generator has written into a project.</summary>
    public static ImmutableHashSet<string> Written(Compilation compilation, CancellationToken cancellationToken) => compilation.SyntaxTrees
        .Where(tree => !UserParts.IsUsers(tree))
        .SelectMany(tree => tree.GetRoot(cancellationToken).GetLeadingTrivia().Select(trivia => trivia.ToString()))
        .Where(text => text.StartsWith(Start, System.StringComparison.Ordinal))
        .ToImmutableHashSet();
}
