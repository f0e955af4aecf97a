using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;

namespace SdCompiler;

/// <summary>The header of a safetensors file, and the checks that make it trustworthy: nothing is allocated or read on the word of a number that the file's length does not bear out.</summary>
internal sealed class SafetensorsHeader
{
    // The format's own limit; a real header of ours has a few kilobytes.
    private const long LongestHeader = 100_000_000;

    private readonly Dictionary<string, TensorEntry> _byName = new(StringComparer.Ordinal);

    private SafetensorsHeader()
    {
    }

    public Dictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    public List<TensorEntry> Tensors { get; } = [];

    public TensorEntry? Find(string name) => _byName.GetValueOrDefault(name);

    public static SafetensorsHeader Read(string path, Stream stream)
    {
        long length = stream.Length;
        Span<byte> prefix = stackalloc byte[8];
        if (length < prefix.Length)
        {
            throw Damaged(path, $"it has {length} bytes, too few for a header");
        }

        stream.ReadExactly(prefix);
        ulong headerLength = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (headerLength > LongestHeader || headerLength > (ulong)(length - prefix.Length))
        {
            throw Damaged(path, $"its first 8 bytes announce a header of {headerLength} bytes in a file of {length}");
        }

        byte[] json = new byte[(int)headerLength];
        stream.ReadExactly(json);
        var header = new SafetensorsHeader();
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw Damaged(path, "its header is not a JSON object");
            }

            header.Take(path, document.RootElement, prefix.Length + (long)headerLength, length);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a JSON string whose bytes are not UTF-8, or whose escapes are no text.
            throw new CheckpointException(Damaged(path, "its header is not valid JSON in UTF-8").Message, e);
        }

        return header;
    }

    public static void Write(Stream stream, IReadOnlyList<TensorSource> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (metadata.Count > 0)
            {
                json.WriteStartObject("__metadata__");
                foreach (KeyValuePair<string, string> pair in metadata)
                {
                    json.WriteString(pair.Key, pair.Value);
                }

                json.WriteEndObject();
            }

            long offset = 0;
            foreach (TensorSource tensor in tensors)
            {
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", "F32");
                json.WriteStartArray("shape");
                foreach (long dimension in tensor.Shape)
                {
                    json.WriteNumberValue(dimension);
                }

                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                offset = checked(offset + (tensor.Count * sizeof(float)));
                json.WriteNumberValue(offset);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        // Values begin on a multiple of 8 bytes; the format pads the header with spaces.
        int padding = (8 - (buffer.WrittenCount % 8)) % 8;
        buffer.Write("        "u8[..padding]);
        Span<byte> prefix = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)buffer.WrittenCount);
        stream.Write(prefix);
        stream.Write(buffer.WrittenSpan);
    }

    private void Take(string path, JsonElement root, long dataStart, long fileLength)
    {
        bool metadataSeen = false;
        foreach (JsonProperty property in root.EnumerateObject())
        {
            if (property.Name == "__metadata__")
            {
                if (metadataSeen)
                {
                    throw Damaged(path, "it has '__metadata__' twice");
                }

                metadataSeen = true;
                TakeMetadata(path, property.Value);
                continue;
            }

            TensorEntry entry = TakeTensor(path, property, dataStart, fileLength);
            if (!_byName.TryAdd(entry.Name, entry))
            {
                throw Damaged(path, $"it has the tensor '{entry.Name}' twice");
            }

            Tensors.Add(entry);
        }

        // No overlap and no hole: sorted by place, each tensor begins where the last one ended, and the last ends with the file.
        Tensors.Sort((left, right) => left.Offset != right.Offset ? left.Offset.CompareTo(right.Offset) : left.Bytes.CompareTo(right.Bytes));
        long expected = dataStart;
        foreach (TensorEntry entry in Tensors)
        {
            if (entry.Offset != expected)
            {
                throw Damaged(path, $"the tensor '{entry.Name}' {(entry.Offset < expected ? "overlaps the one before it" : "leaves a hole before it")}");
            }

            expected = entry.Offset + entry.Bytes;
        }

        if (expected != fileLength)
        {
            throw Damaged(path, $"its tensors end at byte {expected} and the file at byte {fileLength}");
        }
    }

    private void TakeMetadata(string path, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw Damaged(path, "'__metadata__' is not an object");
        }

        foreach (JsonProperty pair in element.EnumerateObject())
        {
            if (pair.Value.ValueKind != JsonValueKind.String)
            {
                throw Damaged(path, $"'__metadata__' has a value that is not text under '{pair.Name}'");
            }

            Metadata[pair.Name] = pair.Value.GetString()!;
        }
    }

    private static TensorEntry TakeTensor(string path, JsonProperty property, long dataStart, long fileLength)
    {
        string name = property.Name;
        JsonElement element = property.Value;
        if (element.ValueKind != JsonValueKind.Object
            || !element.TryGetProperty("dtype", out JsonElement type)
            || !element.TryGetProperty("shape", out JsonElement shapeElement)
            || !element.TryGetProperty("data_offsets", out JsonElement offsets))
        {
            throw Damaged(path, $"the tensor '{name}' lacks dtype, shape or data_offsets");
        }

        if (type.ValueKind != JsonValueKind.String || type.GetString() != "F32")
        {
            throw new CheckpointException($"The tensor '{name}' in '{path}' has the type {type} and only F32 can be read; convert the file to 32-bit floats.");
        }

        long[] shape = Numbers(path, name, "shape", shapeElement);
        long[] range = Numbers(path, name, "data_offsets", offsets);
        long available = fileLength - dataStart;
        if (range.Length != 2 || range[0] > range[1] || range[1] > available)
        {
            throw Damaged(path, $"the tensor '{name}' has offsets [{string.Join(", ", range)}] in {available} bytes of values; the file may be cut off");
        }

        // The product is followed only as long as it stays within the file.
        UInt128 bytes = sizeof(float);
        foreach (long dimension in shape)
        {
            bytes *= (ulong)dimension;
            if (bytes > (ulong)fileLength)
            {
                break;
            }
        }

        if (Array.IndexOf(shape, 0L) >= 0)
        {
            bytes = 0;
        }

        if (bytes != (ulong)(range[1] - range[0]))
        {
            throw Damaged(path, $"the tensor '{name}' of shape [{string.Join(", ", shape)}] has {range[1] - range[0]} bytes of values");
        }

        return new TensorEntry(name, shape, dataStart + range[0], range[1] - range[0]);
    }

    private static long[] Numbers(string path, string tensor, string what, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            throw Damaged(path, $"the tensor '{tensor}' has a {what} that is not an array");
        }

        var numbers = new long[element.GetArrayLength()];
        int i = 0;
        foreach (JsonElement item in element.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out numbers[i]) || numbers[i] < 0)
            {
                throw Damaged(path, $"the tensor '{tensor}' has {item} in its {what}");
            }

            i++;
        }

        return numbers;
    }

    private static CheckpointException Damaged(string path, string how) =>
        new($"The file '{path}' is not a sound safetensors file: {how}; use an undamaged copy.");
}
