using System.IO;
using Xunit;

namespace SdCompiler.Benchmarks.Tests;

/// <summary>A test that runs a shell; skipped where there is none.</summary>
internal sealed class ShellFactAttribute : FactAttribute
{
    public ShellFactAttribute()
    {
        if (!File.Exists("/bin/sh"))
        {
            Skip = "there is no /bin/sh on this machine";
        }
    }
}
