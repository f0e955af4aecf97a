using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using SdCompiler.Runtime.Cuda;
using SdCompiler.Samples.GpuCheck.Models;

namespace SdCompiler.Samples.GpuCheck.Commands;

/// <summary>The program, from its arguments to its exit code.</summary>
internal static class CheckProgram
{
    /// <summary>Runs the program.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where complaints go.</param>
    /// <returns>The exit code.</returns>
    public static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        try
        {
            CheckOptions options = OptionReader.Read(arguments);
            if (options.Help)
            {
                output.WriteLine(OptionReader.Usage);
                return ExitCodes.Success;
            }

            ModelChoice.Check(options);
            CheckFolder(options.Csv);
            return Run(options, "gpucheck " + string.Join(' ', arguments), output, error);
        }
        catch (UsageException e)
        {
            error.WriteLine($"{e.Message} gpucheck --help shows how it is called.");
            return ExitCodes.Usage;
        }
        catch (CudaException e)
        {
            error.WriteLine(e.Message);
            return e.Status == CudaStatus.MissingLibrary ? ExitCodes.NoDevice : ExitCodes.Failure;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            error.WriteLine(e.Message);
            return ExitCodes.Failure;
        }
    }

    private static int Run(CheckOptions options, string commandLine, TextWriter output, TextWriter error)
    {
        if (options.List)
        {
            ListModels("--verify", ModelCatalog.Verified, output);
            ListModels("--bench", ModelCatalog.Measured, output);
        }

        if (CudaDevice.Unavailable is string reason)
        {
            error.WriteLine(reason);
            return ExitCodes.NoDevice;
        }

        if (options.Device >= CudaDevice.Count)
        {
            error.WriteLine($"There is no CUDA device {options.Device}: the driver finds {CudaDevice.Count}, numbered from 0; nvidia-smi lists them, and CUDA_VISIBLE_DEVICES may hide some.");
            return ExitCodes.NoDevice;
        }

        if (options.List)
        {
            ListDevices(output);
        }

        CheckContext context = new(options, commandLine, CudaDevice.Open(options.Device), output);
        int code = ModelChoice.Verified(options).Count > 0 ? VerifyCommand.Run(context) : ExitCodes.Success;
        return ModelChoice.Measured(options).Count > 0 ? Math.Max(code, BenchCommand.Run(context)) : code;
    }

    /// <summary>Now, not after minutes of verification, is the time to say that the measurements cannot be written.</summary>
    private static void CheckFolder(string? csv)
    {
        if (csv is not null && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(csv))))
        {
            throw new UsageException($"--csv is '{csv}', whose folder does not exist; make it first.");
        }
    }

    private static void ListModels(string option, IEnumerable<CheckModel> models, TextWriter output)
    {
        foreach (IGrouping<string, CheckModel> group in models.GroupBy(model => model.Name))
        {
            output.WriteLine($"{option}  {group.Key}: B = {string.Join(", ", group.Select(model => model.BatchSize))}, T = {group.First().TimeSteps}");
        }
    }

    private static void ListDevices(TextWriter output)
    {
        for (int i = 0; i < CudaDevice.Count; i++)
        {
            CudaDevice device = CudaDevice.Open(i);
            output.WriteLine(FormattableString.Invariant(
                $"device {i}: {device.Name}, compute capability {device.ComputeMajor}.{device.ComputeMinor}, {device.Multiprocessors} multiprocessors, {device.TotalMemory / 1e9:F1} GB; driver for CUDA {device.DriverVersion}"));
        }
    }
}
