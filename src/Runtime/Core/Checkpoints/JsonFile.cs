using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;

namespace SdCompiler;

/// <summary>A small JSON file whose every access is checked: what is missing or of another kind becomes a sentence that names the file.</summary>
internal sealed class JsonFile : IDisposable
{
    // Ours have a few kilobytes; a larger file is something else.
    private const long Longest = 16_000_000;

    private readonly JsonDocument _document;
    private readonly string _path;

    private JsonFile(string path, JsonDocument document)
    {
        _path = path;
        _document = document;
    }

    public JsonElement Root => _document.RootElement;

    public static JsonFile Open(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            if (stream.Length > Longest)
            {
                throw Damaged(path, $"it has {stream.Length} bytes");
            }

            return new JsonFile(path, JsonDocument.Parse(stream));
        }
        catch (JsonException e)
        {
            throw new CheckpointException(Damaged(path, "it is not valid JSON in UTF-8").Message, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CheckpointErrors.CannotRead(path, e);
        }
    }

    public CheckpointException Damaged(string how) => Damaged(_path, how);

    public bool Flag(JsonElement parent, string name) => parent.GetProperty(name).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Damaged($"its '{name}' is neither true nor false"),
    };

    public string Text(JsonElement parent, string name)
    {
        try
        {
            return Member(parent, name, JsonValueKind.String).GetString()!;
        }
        catch (InvalidOperationException e)
        {
            // Bytes or escapes that are no text.
            throw new CheckpointException(Damaged($"its '{name}' is no valid text").Message, e);
        }
    }

    public long Integer(JsonElement parent, string name) =>
        Member(parent, name, JsonValueKind.Number).TryGetInt64(out long value) ? value : throw Damaged($"its '{name}' is no whole number");

    public double Number(JsonElement parent, string name)
    {
        double value = Member(parent, name, JsonValueKind.Number).GetDouble();
        return double.IsFinite(value) ? value : throw Damaged($"its '{name}' is not finite");
    }

    /// <summary>The members of an object under a name; each name once.</summary>
    public List<JsonProperty> Members(JsonElement parent, string name)
    {
        var members = new List<JsonProperty>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonProperty property in Member(parent, name, JsonValueKind.Object).EnumerateObject())
        {
            if (!names.Add(property.Name))
            {
                throw Damaged($"its '{name}' has '{property.Name}' twice");
            }

            members.Add(property);
        }

        return members;
    }

    public bool Has(JsonElement parent, string name) => parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out _);

    public JsonElement Member(JsonElement parent, string name, JsonValueKind kind)
    {
        if (parent.ValueKind != JsonValueKind.Object || !parent.TryGetProperty(name, out JsonElement member) || member.ValueKind != kind)
        {
            throw Damaged($"it lacks '{name}', or what is there is no {kind}");
        }

        return member;
    }

    public void Dispose() => _document.Dispose();

    private static CheckpointException Damaged(string path, string how) =>
        new($"The file '{path}' is damaged: {how}; use an undamaged copy.");
}
