using System;
using System.Buffers;
using System.IO;
using System.Text.Json;

namespace SdCompiler.Samples.LanguageModel.Progress;

/// <summary>Appends one JSON object per line; each line is written whole and at once, so that a reader or a killed run never sees half of one.</summary>
internal sealed class MetricsFile
{
    private readonly string _path;

    /// <summary>Opens a metrics file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="append">Whether lines of an earlier run stay, as a resumed run wants it.</param>
    /// <exception cref="DataFileException">The file cannot be written.</exception>
    public MetricsFile(string path, bool append)
    {
        _path = path;
        Write(append ? FileMode.Append : FileMode.Create, []);
    }

    /// <summary>Appends a line.</summary>
    /// <param name="metrics">What it says; numbers that are unknown or not finite become null.</param>
    public void Append(RunMetrics metrics)
    {
        ArrayBufferWriter<byte> line = new();
        using (Utf8JsonWriter json = new(line))
        {
            json.WriteStartObject();
            json.WriteNumber("epoch", metrics.Epoch);
            json.WriteNumber("step", metrics.Step);
            WriteRounded(json, "train_perplexity", metrics.TrainPerplexity, 4);
            WriteRounded(json, "valid_perplexity", metrics.ValidPerplexity, 4);
            WriteRounded(json, "test_perplexity", metrics.TestPerplexity, 4);
            WriteRounded(json, "tokens_per_second", metrics.TokensPerSecond, 1);
            WriteRounded(json, "step_ms", metrics.StepMilliseconds, 3);
            WriteRounded(json, "learning_rate", metrics.LearningRate, 9);
            WriteRounded(json, "peak_memory_mb", metrics.PeakMemoryMegabytes, 1);
            json.WriteNumber("skipped_steps", metrics.SkippedSteps);
            json.WriteEndObject();
        }

        line.Write("\n"u8);
        Write(FileMode.Append, line.WrittenSpan);
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

    private void Write(FileMode mode, ReadOnlySpan<byte> line)
    {
        try
        {
            using FileStream file = new(_path, mode, FileAccess.Write, FileShare.Read);
            file.Write(line);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new DataFileException(_path, $"the metrics cannot be written ({e.Message.TrimEnd('.')})", e);
        }
    }
}
