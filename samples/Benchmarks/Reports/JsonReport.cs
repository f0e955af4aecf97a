using System;
using System.IO;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using SdCompiler.Samples.LanguageModel.Commands;

namespace SdCompiler.Samples.Benchmarks.Reports;

/// <summary>Writes results as JSON: names with underscores, five significant digits, no member for what was not measured.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // "nr+rh" and "<file>" as people write them; no browser reads this
        WriteIndented = true,
        NewLine = "\n",
        Converters = { new RoundingConverter(), new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>Makes sure that results can be written, before minutes are spent on them.</summary>
    /// <param name="path">The file, or null for none.</param>
    /// <exception cref="UserErrorException">It cannot be written.</exception>
    public static void Check(string? path) => Guard(path, () => File.AppendAllText(path!, ""));

    /// <summary>Writes results.</summary>
    /// <param name="path">The file, or null for none.</param>
    /// <param name="report">The results.</param>
    /// <exception cref="UserErrorException">The file cannot be written.</exception>
    public static void Write<T>(string? path, T report) => Guard(path, () => File.WriteAllText(path!, JsonSerializer.Serialize(report, Options) + "\n"));

    private static void Guard(string? path, Action write)
    {
        if (path is null)
        {
            return;
        }

        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new UserErrorException($"{path}: the results cannot be written ({e.Message.TrimEnd('.')}); give another --json.", e);
        }
    }
}
