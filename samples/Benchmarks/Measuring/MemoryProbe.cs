using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Globalization;
using System.IO;
using System.Threading;
using SdCompiler.Samples.Benchmarks.Commands;
using SdCompiler.Samples.Benchmarks.Models;
using SdCompiler.Samples.Benchmarks.Peers;

namespace SdCompiler.Samples.Benchmarks.Measuring;

/// <summary>Measures the memory of a variant in a process of its own: this program again, with its hidden command.</summary>
internal static class MemoryProbe
{
    /// <summary>The most memory of a process that trains one variant alone.</summary>
    /// <param name="request">The model, threads and kernels.</param>
    /// <param name="variant">The variant.</param>
    /// <param name="stop">Ends the process.</param>
    /// <returns>In 10^6 bytes; null where the program cannot start itself.</returns>
    public static double? Megabytes(StepRequest request, StepVariant variant, CancellationToken stop)
    {
        string[] arguments =
        [
            MemoryCommand.Name,
            "--model", request.Model.Name,
            "--pattern", variant.Pattern,
            .. variant.HasChoice ? new[] { "--sites", variant.Sites } : [],
            "--threads", request.Threads.ToString(CultureInfo.InvariantCulture),
            "--kernels", request.Kernels.Name,
        ];
        try
        {
            (string program, string[] first) = Self();
            ChildResult result = ChildProcess.Run(program, [.. first, .. arguments], new Dictionary<string, string>(), null, stop);
            return result.ExitCode == 0 && long.TryParse(result.Output, NumberStyles.Integer, CultureInfo.InvariantCulture, out long bytes) ? bytes / 1e6 : null;
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            return null;
        }
    }

    /// <summary>How to start this program: as it was started, or with the runtime that runs it now.</summary>
    private static (string Program, string[] Arguments) Self()
    {
        string assembly = typeof(MemoryProbe).Assembly.Location;
        string process = Environment.ProcessPath ?? "dotnet";
        string name = Path.GetFileNameWithoutExtension(process);
        return name == Path.GetFileNameWithoutExtension(assembly) ? (process, []) : (name == "dotnet" ? process : "dotnet", [assembly]);
    }
}
