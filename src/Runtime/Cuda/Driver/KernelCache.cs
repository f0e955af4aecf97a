using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Text;

namespace SdCompiler.Runtime.Cuda;

/// <summary>Compiled kernels on disk, one file each. Never the cause of an error: what cannot be read is compiled again, what cannot be written is not kept.</summary>
/// <remarks>The folder may be deleted at any time. A file is a mark, a hash of the rest and of its key, and the image.</remarks>
/// <param name="folder">The folder, or null for no cache.</param>
internal sealed class KernelCache(string? folder)
{
    /// <summary>The environment variable that names the folder.</summary>
    public const string Variable = "SDCOMPILER_CUDA_CACHE";

    private const int HashBytes = 32;

    private static ReadOnlySpan<byte> Mark => "SDCUBIN1"u8;

    /// <summary>The cache of this user, or the one that <see cref="Variable"/> names.</summary>
    public static KernelCache Default()
    {
        string? named = Environment.GetEnvironmentVariable(Variable);
        if (!string.IsNullOrWhiteSpace(named))
        {
            return new KernelCache(named);
        }

        // Empty for a user without a home.
        string local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return new KernelCache(local.Length == 0 ? null : Path.Combine(local, "SdCompiler", "cuda"));
    }

    /// <summary>What an image depends on.</summary>
    /// <param name="source">CUDA C.</param>
    /// <param name="options">All options, the architecture among them.</param>
    /// <param name="compiler">The compiler's version.</param>
    /// <returns>64 hexadecimal digits.</returns>
    public static string Key(string source, IReadOnlyList<string> options, string compiler)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, compiler);
        foreach (string option in options)
        {
            Append(hash, option);
        }

        Append(hash, source);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Reads an image.</summary>
    /// <returns>Null when there is none, or none that is whole.</returns>
    public byte[]? Read(string key)
    {
        if (folder is null)
        {
            return null;
        }

        try
        {
            byte[] file = File.ReadAllBytes(FilePath(folder, key));
            ReadOnlySpan<byte> bytes = file;
            if (bytes.Length <= Mark.Length + HashBytes || !bytes.StartsWith(Mark))
            {
                return null;
            }

            ReadOnlySpan<byte> image = bytes[(Mark.Length + HashBytes)..];
            return Seal(key, image).AsSpan().SequenceEqual(bytes.Slice(Mark.Length, HashBytes)) ? image.ToArray() : null;
        }
        catch (Exception e) when (IsExpected(e))
        {
            return null;
        }
    }

    /// <summary>Keeps an image, if the folder allows it. Other processes see all of it or nothing.</summary>
    public void Write(string key, byte[] image)
    {
        if (folder is null)
        {
            return;
        }

        string? temporary = null;
        try
        {
            Directory.CreateDirectory(folder);
            temporary = Path.Combine(folder, $"{key}.{Guid.NewGuid():N}.tmp");
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                stream.Write(Mark);
                stream.Write(Seal(key, image));
                stream.Write(image);
            }

            File.Move(temporary, FilePath(folder, key), overwrite: true);
        }
        catch (Exception e) when (IsExpected(e))
        {
            // The image is in memory, and the next process compiles it again.
            TryDelete(temporary);
        }
    }

    private static void TryDelete(string? path)
    {
        try
        {
            if (path is not null)
            {
                File.Delete(path);
            }
        }
        catch (Exception e) when (IsExpected(e))
        {
        }
    }

    private static string FilePath(string folder, string key) => Path.Combine(folder, key + ".cubin");

    private static byte[] Seal(string key, ReadOnlySpan<byte> image)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, key);
        hash.AppendData(image);
        return hash.GetHashAndReset();
    }

    /// <summary>Its length first, so that two lists of texts with the same letters differ.</summary>
    private static void Append(IncrementalHash hash, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }

    /// <summary>What a folder that is missing, full, read-only or no folder at all throws, and a path that is none.</summary>
    private static bool IsExpected(Exception e) => e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;
}
