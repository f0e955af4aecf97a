using System;
using System.Collections.Generic;
using System.IO;
using SdCompiler.Samples.Benchmarks.Publishing;
using SdCompiler.Samples.LanguageModel.Commands;
using SdCompiler.Samples.Shared;

namespace SdCompiler.Samples.Benchmarks.Commands;

/// <summary>Writes the tables of the README from result files, so that no figure there is copied by hand.</summary>
internal sealed class ReadmeCommand(CommandContext context)
{
    public int Run(ReadmeRequest request)
    {
        string text = Read(request.Readme);
        IReadOnlyList<PublishedResult> results = PublishedResult.All(request.Results, request.Readme);
        string section = PerformanceSection.Of(results);
        string changed = MarkedSection.Replace(text, section, request.Readme);
        if (changed == text)
        {
            context.Output.WriteLine($"{request.Readme}: up to date.");
            return ExitCodes.Success;
        }

        if (request.Check)
        {
            throw new UserErrorException($"{request.Readme}: the tables are not those of the results in {request.Results}; run '{request.CommandLine}' to bring them up to date.");
        }

        Write(request.Readme, changed);
        context.Output.WriteLine($"{request.Readme}: written from {results.Count} result{(results.Count == 1 ? "" : "s")}.");
        return ExitCodes.Success;
    }

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{file}: it cannot be read ({e.Message.TrimEnd('.')}); give another --readme.", e);
        }
    }

    private static void Write(string file, string text)
    {
        try
        {
            File.WriteAllText(file, text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{file}: it cannot be written ({e.Message.TrimEnd('.')}); give another --readme.", e);
        }
    }
}
