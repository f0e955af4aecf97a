using System;
using System.IO;
using Xunit;

namespace SdCompiler.Package.Tests;

/// <summary>Packs once, into a folder of its own that is removed at the end.</summary>
public sealed class PackedFixture : IDisposable
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    /// <summary>Packs what the build of these tests built.</summary>
    public PackedFixture()
    {
        string repository = FindRepository();
        Folder = Directory.CreateTempSubdirectory("sdcompiler-package-").FullName;
        CommandResult result = DotNetCommand.Run(
            repository, null, "pack", Path.Combine("src", "Package", "SdCompiler.Package.csproj"), "--no-build", "--nologo", "-c", Configuration, "-o", Feed);
        if (result.ExitCode != 0)
        {
            // A fixture that was never made is not disposed of.
            Dispose();
            throw new InvalidOperationException("dotnet pack failed:\n" + result.Output);
        }

        Package = Assert.Single(Directory.GetFiles(Feed, "*.nupkg"));
    }

    /// <summary>A folder outside the repository, so that its build settings do not apply.</summary>
    public string Folder { get; }

    /// <summary>The folder that holds the package alone.</summary>
    public string Feed => Path.Combine(Folder, "feed");

    /// <summary>The package file.</summary>
    public string Package { get; }

    /// <inheritdoc />
    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static string FindRepository()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "SdCompiler.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("SdCompiler.sln is in no folder above " + AppContext.BaseDirectory);
    }
}
