using System;
using System.Linq;

namespace SdCompiler.Samples.Benchmarks.Commands;

/// <summary>The command line as results keep it: someone else can run it, so folders of this machine are not in it.</summary>
internal static class RecordedLine
{
    /// <summary>"benchmarks step --peers &lt;peers folder&gt;".</summary>
    /// <param name="args">The program's arguments.</param>
    public static string Of(string[] args) => string.Join(' ', args.Select((arg, i) => Replace(i == 0 ? "" : args[i - 1], arg)).Prepend("benchmarks"));

    private static string Replace(string before, string arg)
    {
        if (Placeholder(before) is string known)
        {
            return known;
        }

        int end = arg.AsSpan().IndexOfAny('=', ':');
        return end > 0 && Placeholder(arg[..end]) is string joined ? arg[..(end + 1)] + joined : arg;
    }

    private static string? Placeholder(string option) => option switch
    {
        "--peers" => "<peers folder>",
        "--json" => "<file>",
        _ => null,
    };
}
