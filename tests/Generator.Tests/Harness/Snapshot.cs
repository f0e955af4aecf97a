using System;
using System.IO;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace SdCompiler.Generator.Tests.Harness;

/// <summary>
/// Compares a text with a committed file, by the conventions of Verify: Snapshots/Class.Method.verified.txt is committed, a difference
/// is written to *.received.txt, and moving that file over the first one accepts it (SDCOMPILER_ACCEPT=1 does it for a whole run; review the diff).
/// </summary>
internal static class Snapshot
{
    /// <summary>Compares the text with the snapshot of the calling test.</summary>
    /// <param name="text">The text; line ends and the generator's version are normalised.</param>
    /// <param name="name">Tells several snapshots of one test apart.</param>
    /// <param name="file">The test's file.</param>
    /// <param name="method">The test.</param>
    public static void Verify(string text, string? name = null, [CallerFilePath] string file = "", [CallerMemberName] string method = "")
    {
        string test = Path.GetFileNameWithoutExtension(file) + "." + method + (name is null ? string.Empty : "." + name);
        string folder = Path.Combine(Root(file), "Snapshots");
        string verified = Path.Combine(folder, test + ".verified.txt");
        string received = Path.Combine(folder, test + ".received.txt");
        string actual = Scrub(text);
        string expected = File.Exists(verified) ? Scrub(File.ReadAllText(verified)) : string.Empty;
        if (actual == expected)
        {
            File.Delete(received);
            return;
        }

        Directory.CreateDirectory(folder);
        bool accept = Environment.GetEnvironmentVariable("SDCOMPILER_ACCEPT") == "1";
        File.WriteAllText(accept ? verified : received, actual, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        if (!accept)
        {
            Assert.Fail($"{test} differs from its snapshot. Compare {Path.GetFileName(received)} with {Path.GetFileName(verified)}, and move it there to accept.\n{FirstDifference(expected, actual)}");
        }
    }

    private static string Scrub(string text) =>
        Regex.Replace(text.ReplaceLineEndings("\n"), "(GeneratedCode(Attribute)?\\(\"SdCompiler.Generator\", )\"[^\"]*\"", "$1\"{version}\"").TrimEnd('\n') + "\n";

    private static string FirstDifference(string expected, string actual)
    {
        string[] left = expected.Split('\n');
        string[] right = actual.Split('\n');
        int line = 0;
        while (line < Math.Min(left.Length, right.Length) && left[line] == right[line])
        {
            line++;
        }

        return $"line {line + 1}\n  verified: {(line < left.Length ? left[line] : "(end)")}\n  received: {(line < right.Length ? right[line] : "(end)")}";
    }

    private static string Root(string file)
    {
        string? folder = Path.GetDirectoryName(file);
        while (folder is not null && !File.Exists(Path.Combine(folder, "SdCompiler.Generator.Tests.csproj")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException($"{file} is not in the test project.");
    }
}
