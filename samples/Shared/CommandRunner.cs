using System;
using System.CommandLine;
using System.IO;
using SdCompiler.Runtime.Cuda;

namespace SdCompiler.Samples.Shared;

/// <summary>Runs a sample's command line and explains, in one sentence, what went wrong.</summary>
internal static class CommandRunner
{
    /// <summary>Parses and runs a command line.</summary>
    /// <param name="root">The program's commands.</param>
    /// <param name="args">The program's arguments.</param>
    /// <param name="context">Where it writes, and what stops it.</param>
    /// <returns>0, or the exit code of a failure, which has been explained in one sentence.</returns>
    public static int Run(RootCommand root, string[] args, CommandContext context)
    {
        ParseResult parsed = root.Parse(args);
        if (CommandOptions.FirstMistake(parsed) is string mistake)
        {
            context.Error.WriteLine(mistake);
            return ExitCodes.Usage;
        }

        try
        {
            InvocationConfiguration configuration = new() { Output = context.Output, Error = context.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return parsed.Invoke(configuration);
        }
        catch (OperationCanceledException) when (context.Stop.IsCancellationRequested)
        {
            context.Error.WriteLine("Stopped.");
            return ExitCodes.Stopped;
        }
        catch (UsageException e)
        {
            context.Error.WriteLine(e.Message);
            return ExitCodes.Usage;
        }
        catch (Exception e) when (Explain(e) is string sentence)
        {
            context.Error.WriteLine(sentence);
            return ExitCodes.Failure;
        }
    }

    /// <summary>One sentence for what can go wrong outside the program; null for a mistake of the program itself.</summary>
    private static string? Explain(Exception error) => error switch
    {
        UserErrorException or DataFileException or CheckpointException or CudaException => error.Message,
        OutOfMemoryException => "The machine has not enough memory for this; use a smaller model, file or size.",
        IOException or UnauthorizedAccessException => $"A file could not be read or written: {error.Message}",
        _ => null,
    };
}
