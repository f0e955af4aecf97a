using System;
using System.Buffers.Binary;
using System.IO;
using System.IO.Compression;

namespace SdCompiler;

/// <summary>Reads gzip data and compares what came out with the checksum and length that the data end with.</summary>
/// <remarks><see cref="GZipStream"/> alone takes a file that was cut off for one that ended. One compressed member is read, as gzip writes it.</remarks>
internal sealed class CheckedGzipStream : Stream
{
    private const int TrailerBytes = 8;
    private static readonly uint[] Table = MakeTable();

    private readonly FileStream _file;
    private readonly GZipStream _data;
    private uint _checksum = uint.MaxValue;
    private uint _length;

    public CheckedGzipStream(FileStream file)
    {
        _file = file;
        _data = new GZipStream(file, CompressionMode.Decompress, leaveOpen: true);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="InvalidDataException">The data are damaged, or end before or after their own trailer says.</exception>
    public override int Read(byte[] buffer, int offset, int count)
    {
        int read = _data.Read(buffer, offset, count);
        uint checksum = _checksum;
        foreach (byte value in buffer.AsSpan(offset, read))
        {
            checksum = (checksum >> 8) ^ Table[(byte)checksum ^ value];
        }

        _checksum = checksum;
        _length += (uint)read;
        if (read == 0 && count > 0)
        {
            CheckTrailer();
        }

        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _data.Dispose();
            _file.Dispose();
        }

        base.Dispose(disposing);
    }

    private void CheckTrailer()
    {
        Span<byte> trailer = stackalloc byte[TrailerBytes];
        if (_file.Length >= TrailerBytes)
        {
            _file.Seek(-TrailerBytes, SeekOrigin.End);
            _file.ReadExactly(trailer);
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(trailer) != ~_checksum || BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]) != _length)
        {
            throw new InvalidDataException("The checksum or length of the gzip data does not fit.");
        }
    }

    /// <summary>The table of the reflected CRC-32 polynomial 0xEDB88320 (RFC 1952, section 8).</summary>
    private static uint[] MakeTable()
    {
        uint[] table = new uint[256];
        for (uint i = 0; i < 256; i++)
        {
            uint value = i;
            for (int bit = 0; bit < 8; bit++)
            {
                value = (value & 1) != 0 ? (value >> 1) ^ 0xEDB88320u : value >> 1;
            }

            table[i] = value;
        }

        return table;
    }
}
