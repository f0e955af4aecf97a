using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using SdCompiler.Runtime.Cuda;
using SdCompiler.Samples.GpuCheck.Models;

namespace SdCompiler.Samples.GpuCheck.Measuring;

/// <summary>The rows of a benchmark as a file; each row is on disk when the next one is measured. <c>baseline.py</c> writes the same columns.</summary>
internal sealed class CsvFile : IDisposable
{
    private const string Layers = "2";
    private readonly StreamWriter _writer;
    private readonly CudaDevice _device;
    private readonly string _commandLine;

    /// <summary>Begins a file; one that exists is overwritten.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="device">The GPU, for the columns that are the same in every row.</param>
    /// <param name="commandLine">The command.</param>
    public CsvFile(string path, CudaDevice device, string commandLine)
    {
        _writer = new StreamWriter(path) { NewLine = "\n", AutoFlush = true };
        (_device, _commandLine) = (device, commandLine);
        _writer.WriteLine(string.Join(',', Columns));
    }

    /// <summary>The columns; the README of this sample says what each is.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        "program", "model", "units", "layers", "steps", "batch", "vocabulary", "regime", "precision", "step_ms", "spread", "host_ms", "tokens_per_s",
        "speedup", "memory_mib", "device", "driver", "software", "command",
    ];

    /// <summary>Adds a row.</summary>
    public void Add(BenchRow row)
    {
        string[] cells =
        [
            "gpucheck", row.Model.Name, Whole(row.Model.Units), Layers, Whole(row.Model.TimeSteps), Whole(row.Model.BatchSize), Whole(row.Model.Vocabulary),
            RegimeNames.Of(row.Regime), row.Precision, Number(row.Times.StepMilliseconds), Number(row.Times.Spread), Number(row.Times.HostMilliseconds),
            Whole((int)row.TokensPerSecond), Number(row.Speedup), Whole((int)row.MemoryMebibytes), _device.Name, $"CUDA {_device.DriverVersion}", $".NET {Environment.Version}", _commandLine,
        ];
        _writer.WriteLine(string.Join(',', cells.Select(Quoted)));
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Number(double number) => number.ToString("0.#####", CultureInfo.InvariantCulture);

    private static string Quoted(string cell) => cell.AsSpan().IndexOfAny(',', '"', '\n') < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
