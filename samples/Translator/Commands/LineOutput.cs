using System.Collections.Generic;
using System.IO;
using SdCompiler.Samples.Shared;

namespace SdCompiler.Samples.Translator.Commands;

/// <summary>Writes lines to a file, or to the terminal when none is named; they end with <c>\n</c> on every system, as text files here do.</summary>
internal static class LineOutput
{
    /// <summary>Writes the lines as they come.</summary>
    public static void Write(IEnumerable<string> lines, string? path, CommandContext context)
    {
        if (path is null)
        {
            Write(lines, context.Output);
            return;
        }

        using StreamWriter file = new(path);
        Write(lines, file);
    }

    private static void Write(IEnumerable<string> lines, TextWriter output)
    {
        foreach (string line in lines)
        {
            output.Write(line);
            output.Write('\n');
        }
    }
}
