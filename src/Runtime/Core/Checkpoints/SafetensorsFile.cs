using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;

namespace SdCompiler;

/// <summary>
/// A safetensors file of 32-bit floats: 8 bytes of header length (little-endian), a JSON header, the values.
/// A file is believed only after <see cref="SafetensorsHeader"/> has checked every length and offset against the file's size.
/// </summary>
/// <remarks>Format: https://github.com/huggingface/safetensors (README, "Format").</remarks>
internal sealed class SafetensorsFile : IDisposable
{
    private readonly Stream _stream;
    private readonly SafetensorsHeader _header;

    private SafetensorsFile(string path, Stream stream, SafetensorsHeader header)
    {
        Path = path;
        _stream = stream;
        _header = header;
    }

    /// <summary>The file, as given.</summary>
    public string Path { get; }

    /// <summary>The strings under <c>__metadata__</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _header.Metadata;

    /// <summary>The tensors in the order of their values.</summary>
    public IReadOnlyList<TensorEntry> Tensors => _header.Tensors;

    /// <summary>Opens a file and checks its header.</summary>
    /// <exception cref="CheckpointException">The file is missing, cannot be read, or is not a sound safetensors file.</exception>
    public static SafetensorsFile Open(string path)
    {
        Stream? stream = null;
        try
        {
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
            SafetensorsHeader header = SafetensorsHeader.Read(path, stream);
            var file = new SafetensorsFile(path, stream, header);
            stream = null;
            return file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CheckpointErrors.CannotRead(path, e);
        }
        finally
        {
            stream?.Dispose();
        }
    }

    /// <summary>Writes a file whole, in the place of an old one; makes its folder.</summary>
    /// <exception cref="CheckpointException">The file cannot be written.</exception>
    public static void WriteReplacing(string path, IReadOnlyList<TensorSource> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        try
        {
            if (System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path)) is string folder)
            {
                Directory.CreateDirectory(folder);
            }

            OutputFile.Write(path, stream => Write(stream, tensors, metadata));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CheckpointErrors.CannotWriteFile(path, e);
        }
    }

    /// <summary>Writes header and values to a stream.</summary>
    public static void Write(Stream stream, IReadOnlyList<TensorSource> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        SafetensorsHeader.Write(stream, tensors, metadata);
        float[] values = [];
        foreach (TensorSource tensor in tensors)
        {
            int count = checked((int)tensor.Count);
            if (values.Length < count)
            {
                values = GC.AllocateUninitializedArray<float>(count);
            }

            Span<float> span = values.AsSpan(0, count);
            tensor.Fill(span);
            if (!BitConverter.IsLittleEndian)
            {
                SwapBytes(span);
            }

            stream.Write(MemoryMarshal.AsBytes(span));
        }
    }

    public bool Contains(string name) => _header.Find(name) is not null;

    /// <summary>Reads one tensor of a known shape.</summary>
    /// <exception cref="CheckpointException">There is no such tensor, or its shape differs.</exception>
    public float[] Read(string name, params ReadOnlySpan<long> shape)
    {
        TensorEntry entry = _header.Find(name)
            ?? throw new CheckpointException($"The file '{Path}' has no tensor '{name}'; it belongs to another model or an older program.");
        if (!shape.SequenceEqual(entry.Shape))
        {
            throw new CheckpointException(
                $"The tensor '{name}' in '{Path}' has shape [{string.Join(", ", entry.Shape)}] where this model needs [{string.Join(", ", shape.ToArray())}]; load it into a model of the same sizes.");
        }

        float[] values = GC.AllocateUninitializedArray<float>(checked((int)(entry.Bytes / sizeof(float))));
        try
        {
            _stream.Position = entry.Offset;
            _stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CheckpointErrors.CannotRead(Path, e);
        }

        if (!BitConverter.IsLittleEndian)
        {
            SwapBytes(values);
        }

        return values;
    }

    public void Dispose() => _stream.Dispose();

    private static void SwapBytes(Span<float> values)
    {
        foreach (ref int bits in MemoryMarshal.Cast<float, int>(values))
        {
            bits = System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(bits);
        }
    }
}
