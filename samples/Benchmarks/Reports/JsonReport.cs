using System;
using System.IO;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using SdCompiler.Samples.Shared;

namespace SdCompiler.Samples.Benchmarks.Reports;

/// <summary>Writes results as JSON and reads them: names with underscores, five significant digits, no member for what was not measured.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // "nr+rh" and "<file>" as people write them; no browser reads this
        RespectNullableAnnotations = true, // a null where a result needs a value is a mistake of the file
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

    /// <summary>Reads results of <c>step</c>.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The results; null where the file holds those of another command.</returns>
    /// <exception cref="UserErrorException">It cannot be read, is no JSON or holds no results.</exception>
    public static StepReport? ReadStep(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
            JsonElement root = document.RootElement;
            bool isOther = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("results", out _); // kernels and scaling have a list of that name
            return isOther ? null : root.Deserialize<StepReport>(Options) ?? throw new JsonException("It is null.");
        }
        catch (JsonException e)
        {
            // Only the parser knows lines; what is wrong with a result itself has a path such as $.patterns[0].step_ms.
            string where = e.LineNumber is long line && e.Path is null ? $"is no JSON from line {line + 1} on" : $"is no result of 'benchmarks step --json' at {e.Path ?? "$"}";
            throw new UserErrorException($"{path}: this {where}; measure it anew, or remove the file.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path}: the results cannot be read ({e.Message.TrimEnd('.')}); give another --results.", e);
        }
    }

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
