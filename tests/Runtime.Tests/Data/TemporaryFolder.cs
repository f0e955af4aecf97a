using System;
using System.IO;
using System.IO.Compression;
using System.Text;

namespace SdCompiler.Runtime.Tests.Data;

/// <summary>A folder that goes away with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("sdcompiler-data-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(this[name], bytes);
        return this[name];
    }

    public string WriteGzip(string name, string text, int cutBytes = 0)
    {
        byte[] bytes = Gzip(text);
        return Write(name, bytes[..^cutBytes]);
    }

    public static byte[] Gzip(string text)
    {
        using MemoryStream memory = new();
        using (GZipStream gzip = new(memory, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return memory.ToArray();
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
