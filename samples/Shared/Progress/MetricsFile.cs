using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace SdCompiler.Samples.Shared.Progress;

/// <summary>One JSON object per line; each line is appended whole and at once, so that a reader or a killed run never sees half of one.</summary>
internal sealed class MetricsFile
{
    private const string StepKey = "step";

    private readonly string _path;

    private MetricsFile(string path) => _path = path;

    /// <summary>Begins an empty file; one of that name is replaced.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataFileException">The file cannot be written.</exception>
    public static MetricsFile Create(string path)
    {
        MetricsFile file = new(path);
        file.Write(FileMode.Create, "");
        return file;
    }

    /// <summary>
    /// Goes on with the file of a run that was stopped, as its checkpoint knows it: lines of later steps go, because those steps are trained
    /// again; lines that the checkpoint has and the file lacks come, because the run ended before it could write them.
    /// </summary>
    /// <param name="path">The file; it need not exist.</param>
    /// <param name="recorded">The lines that the checkpoint carries.</param>
    /// <param name="step">The checkpoint's step.</param>
    /// <exception cref="DataFileException">The file is none of this program's metrics, or cannot be read or written.</exception>
    public static MetricsFile Resume(string path, IReadOnlyList<string> recorded, long step)
    {
        MetricsFile file = new(path);
        string[] present = file.Read();
        string[] lines = recorded.Concat(present.Except(recorded)).Select(line => (line, step: file.StepOf(line)))
            .Where(item => item.step <= step).OrderBy(item => item.step).Select(item => item.line).ToArray();
        if (lines.Take(present.Length).SequenceEqual(present))
        {
            file.Write(FileMode.Append, Text(lines.Skip(present.Length)));
        }
        else
        {
            file.Write(FileMode.Create, Text(lines));
        }

        return file;
    }

    /// <summary>Appends a line.</summary>
    /// <param name="line">What <see cref="Line"/> gave.</param>
    /// <exception cref="DataFileException">The file cannot be written.</exception>
    public void Append(string line) => Write(FileMode.Append, Text([line]));

    /// <summary>The line of some figures.</summary>
    /// <param name="trainingMeasure">The key of what training is judged by, behind "train_".</param>
    /// <param name="measure">The key of what validation and test are judged by, behind "valid_" and "test_".</param>
    /// <param name="metrics">What it says; numbers that are unknown or not finite become null.</param>
    public static string Line(string trainingMeasure, string measure, RunMetrics metrics)
    {
        ArrayBufferWriter<byte> line = new();
        using (Utf8JsonWriter json = new(line))
        {
            json.WriteStartObject();
            json.WriteNumber("epoch", metrics.Epoch);
            json.WriteNumber(StepKey, metrics.Step);
            WriteRounded(json, "train_" + trainingMeasure, metrics.Training, 4);
            WriteRounded(json, "valid_" + measure, metrics.Validation, 4);
            WriteRounded(json, "test_" + measure, metrics.Test, 4);
            WriteRounded(json, "tokens_per_second", metrics.TokensPerSecond, 1);
            WriteRounded(json, "step_ms", metrics.StepMilliseconds, 3);
            WriteRounded(json, "learning_rate", metrics.LearningRate, 9);
            WriteRounded(json, "peak_memory_mb", metrics.PeakMemoryMegabytes, 1);
            json.WriteNumber("skipped_steps", metrics.SkippedSteps);
            foreach ((string key, double value) in metrics.Others ?? new Dictionary<string, double>())
            {
                WriteRounded(json, key, value, 4);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(line.WrittenSpan);
    }

    private static string Text(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));

    private string[] Read()
    {
        try
        {
            // What has no length is no file of ours: a pipe or a terminal is not read.
            return new FileInfo(_path) is { Exists: true, Length: > 0 } ? File.ReadAllLines(_path) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new DataFileException(_path, $"the metrics cannot be read ({e.Message.TrimEnd('.')})", e);
        }
    }

    private long StepOf(string line)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(line);
            return json.RootElement.GetProperty(StepKey).GetInt64();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new DataFileException(_path, "it has a line that is no metrics; give --metrics with the file of the run to resume, or with a new one", e);
        }
    }

    private static void WriteRounded(Utf8JsonWriter json, string name, double? value, int digits)
    {
        if (value is double number && double.IsFinite(number))
        {
            json.WriteNumber(name, Math.Round(number, digits));
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private void Write(FileMode mode, string lines)
    {
        try
        {
            using FileStream file = new(_path, mode, FileAccess.Write, FileShare.Read);
            file.Write(Encoding.UTF8.GetBytes(lines));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new DataFileException(_path, $"the metrics cannot be written ({e.Message.TrimEnd('.')})", e);
        }
    }
}
