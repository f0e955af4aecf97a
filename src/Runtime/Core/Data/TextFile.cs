using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace SdCompiler;

/// <summary>Reads the lines of a UTF-8 text file, plain or compressed with gzip, and says in one sentence where one cannot be read.</summary>
/// <remarks>Strict where silence would train on the wrong text: invalid UTF-8, NUL bytes and broken or cut gzip data are errors, never replacement characters.</remarks>
public static class TextFile
{
    private const int BlockBytes = 1 << 16;

    /// <summary>A line longer than this is no text that a language model is trained on.</summary>
    private const int LongestLine = 1 << 26;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The lines of a file, without their ends (<c>\n</c> or <c>\r\n</c>) and without a byte order mark.</summary>
    /// <param name="path">A text file; gzip is recognised by its first two bytes, whatever the name.</param>
    /// <returns>One string per line, read as the sequence is walked.</returns>
    /// <exception cref="DataFileException">While walking: the file is missing, unreadable, damaged, binary or not UTF-8.</exception>
    public static IEnumerable<string> ReadLines(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Walk(() => Open(path), path);
    }

    /// <summary>The lines of what a stream gives, such as standard input; as strict as with a file, but gzip is not recognised.</summary>
    /// <param name="stream">The text; closed at its end.</param>
    /// <param name="name">What messages call it.</param>
    /// <returns>One string per line, read as the sequence is walked.</returns>
    /// <exception cref="DataFileException">While walking: the text cannot be read, is binary or not UTF-8.</exception>
    public static IEnumerable<string> ReadLines(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return Walk(() => stream, name);
    }

    private static IEnumerable<string> Walk(Func<Stream> open, string path)
    {
        using Stream stream = open();
        byte[] block = new byte[BlockBytes];
        byte[] line = new byte[256];
        int length = 0;
        long number = 1;
        while (true)
        {
            int read = Read(stream, block, path, number);
            if (read == 0)
            {
                break;
            }

            int start = 0;
            while (start < read)
            {
                int found = block.AsSpan(start, read - start).IndexOf((byte)'\n');
                int count = found < 0 ? read - start : found;
                Append(ref line, ref length, block.AsSpan(start, count), path, number);
                start += count;
                if (found < 0)
                {
                    continue;
                }

                start++;
                yield return Decode(line.AsSpan(0, length), path, number);
                length = 0;
                number++;
            }
        }

        if (length > 0)
        {
            yield return Decode(line.AsSpan(0, length), path, number);
        }
    }

    private static Stream Open(string path)
    {
        if (Directory.Exists(path))
        {
            throw new DataFileException(path, "is a folder where a text file is expected");
        }

        FileStream? file = null;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BlockBytes, FileOptions.SequentialScan);
            int first = file.ReadByte();
            bool compressed = first == 0x1f && file.ReadByte() == 0x8b;
            file.Position = 0;
            if (!compressed && first >= 0 && path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            {
                file.Dispose();
                throw new DataFileException(path, "is not gzip data although its name ends in .gz; rename or compress it");
            }

            return compressed ? new CheckedGzipStream(file) : file;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataFileException(path, "does not exist", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            file?.Dispose();
            throw new DataFileException(path, $"cannot be read ({e.Message.TrimEnd('.')})", e);
        }
    }

    private static int Read(Stream stream, byte[] block, string path, long number)
    {
        try
        {
            return stream.Read(block, 0, block.Length);
        }
        catch (InvalidDataException e)
        {
            throw new DataFileException(path, number, "the gzip data is damaged or cut off here; fetch or compress the file again", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataFileException(path, number, $"cannot be read further ({e.Message.TrimEnd('.')})", e);
        }
    }

    private static void Append(ref byte[] line, ref int length, ReadOnlySpan<byte> bytes, string path, long number)
    {
        if (bytes.Contains((byte)0))
        {
            throw new DataFileException(path, number, "holds a NUL byte, so this is a binary file and not text; give a UTF-8 text file with one sentence per line");
        }

        if (bytes.Length > LongestLine - length)
        {
            throw new DataFileException(path, number, $"is longer than {LongestLine >> 20} MiB; give a text file with one sentence per line");
        }

        if (length + bytes.Length > line.Length)
        {
            Array.Resize(ref line, Math.Max(2 * line.Length, length + bytes.Length));
        }

        bytes.CopyTo(line.AsSpan(length));
        length += bytes.Length;
    }

    private static string Decode(ReadOnlySpan<byte> line, string path, long number)
    {
        if (number == 1 && line.StartsWith("\ufeff"u8))
        {
            line = line[3..];
        }

        if (line.EndsWith("\r"u8))
        {
            line = line[..^1];
        }

        try
        {
            return StrictUtf8.GetString(line);
        }
        catch (DecoderFallbackException e)
        {
            throw new DataFileException(path, number, $"is not valid UTF-8 (byte {e.Index + 1} of the line); convert the file to UTF-8", e);
        }
    }
}
