using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using Xunit;

namespace SdCompiler.Package.Tests;

/// <summary>The package that users get: what is in it, and that a project with hostile settings builds and trains with it alone.</summary>
public sealed class PackageTests(PackedFixture packed) : IClassFixture<PackedFixture>
{
    [Fact]
    public void The_package_holds_the_runtimes_the_attributes_and_the_generator()
    {
        using ZipArchive archive = ZipFile.OpenRead(packed.Package);
        string[] files = archive.Entries.Select(entry => entry.FullName)
            .Where(name => name.StartsWith("lib/", StringComparison.Ordinal) || name.StartsWith("analyzers/", StringComparison.Ordinal) || name.StartsWith("build", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(
            [
                "analyzers/dotnet/cs/SdCompiler.Generator.dll",
                "lib/net10.0/SdCompiler.Attributes.dll",
                "lib/net10.0/SdCompiler.Attributes.xml",
                "lib/net10.0/SdCompiler.Runtime.Cuda.dll",
                "lib/net10.0/SdCompiler.Runtime.Cuda.xml",
                "lib/net10.0/SdCompiler.Runtime.dll",
                "lib/net10.0/SdCompiler.Runtime.xml",
            ],
            files);
    }

    [Fact]
    public void The_package_needs_no_other()
    {
        using ZipArchive archive = ZipFile.OpenRead(packed.Package);
        using StreamReader reader = new(archive.GetEntry("SdCompiler.nuspec")!.Open());
        Assert.DoesNotContain("<dependency ", reader.ReadToEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_project_with_hostile_settings_builds_without_a_warning_and_trains()
    {
        string project = Path.Combine(packed.Folder, "consumer");
        Directory.CreateDirectory(project);
        foreach (string file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Consumer")))
        {
            // The last extension only keeps the file out of this repository's own build.
            File.Copy(file, Path.Combine(project, Path.GetFileNameWithoutExtension(file)));
        }

        string packages = Path.Combine(packed.Folder, "packages");
        string version = Path.GetFileNameWithoutExtension(packed.Package)["SdCompiler.".Length..];
        CommandResult build = DotNetCommand.Run(
            project, packages, "build", "Consumer.csproj", "--nologo", "-c", "Release", "-o", "out", "-p:SdCompilerVersion=" + version, "-tl:off");
        Assert.True(build.ExitCode == 0, build.Output);
        Assert.Contains("0 Warning(s)", build.Output, StringComparison.Ordinal);

        CommandResult run = DotNetCommand.Run(project, packages, Path.Combine("out", "Consumer.dll"));
        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Equal("learned", run.Output.Trim());
    }
}
