using System;
using System.IO;

namespace SdCompiler.LanguageModel.Tests;

/// <summary>A folder that goes away with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("sdcompiler-sample-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Write(string name, byte[] bytes)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name])!);
        File.WriteAllBytes(this[name], bytes);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
