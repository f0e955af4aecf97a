using System.Collections.Generic;
using System.IO;
using SdCompiler.Samples.Shared;

namespace SdCompiler.Samples.Translator.Commands;

/// <summary>Writes lines to a file, or to the terminal when none is named; they end with <c>\n</c> on every system, as text files here do.</summary>
internal static class LineOutput
{
    /// <summary>Writes the lines as they come; to a file under another name first, so that the old file stays until all lines are there, also where it is read meanwhile. Devices and pipes get the lines themselves.</summary>
    /// <exception cref="UserErrorException">The file's folder does not exist, or the file is one.</exception>
    public static void Write(IEnumerable<string> lines, string? path, CommandContext context)
    {
        if (path is null)
        {
            Write(lines, context.Output);
            return;
        }

        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!Directory.Exists(folder))
        {
            throw new UserErrorException($"{path}: its folder does not exist; make it first.");
        }

        if (Directory.Exists(path))
        {
            throw new UserErrorException($"{path} is a folder; name a file.");
        }

        OutputFile.Write(path, stream =>
        {
            using StreamWriter file = new(stream, leaveOpen: true);
            Write(lines, file);
        });
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
