using System;
using System.IO;
using System.Runtime.InteropServices;
using SdCompiler.Runtime.Cuda;
using Xunit;

namespace SdCompiler.Cuda.Tests;

public sealed class LibrarySearchTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void AMissingLibrarySaysWhatWasLookedForAndWhere()
    {
        string first = folder.File("first", "x"), second = folder.File("not", "there");
        var search = new LibrarySearch(null, [Path.GetDirectoryName(first)!, second], folder.Path, driverMajor: 13);
        CudaException e = Assert.Throws<CudaException>(() => search.Load(Library()));
        Assert.Equal(-1, e.Status);
        Assert.Equal(
            $"The library of tests was not found: looked for sd-test.13, sd-test.12, sd-test (in packages sd-test-*.so) in the folder '{Path.GetDirectoryName(first)}', " +
            $"the folder '{second}', the system's library path, the application's folder '{folder.Path}' and the folders below it. It comes with the tests.",
            e.Message);
    }

    [Fact]
    public void ThePlacesToGetOneFromAreNamed()
    {
        foreach (CudaLibrary library in new[] { CudaLibraries.Nvrtc, CudaLibraries.Blas })
        {
            Assert.Contains("CUDA toolkit", library.Source, StringComparison.Ordinal);
            Assert.Contains("SDCOMPILER_CUDA_PATH", library.Source, StringComparison.Ordinal);
            Assert.Contains("libtorch", library.Source, StringComparison.Ordinal);
        }

        Assert.Contains("display driver", CudaLibraries.Driver.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileThatIsNoLibraryIsNamed()
    {
        string broken = folder.File("sd-test.12");
        File.WriteAllText(broken, "not a library");
        var search = new LibrarySearch(null, [folder.Path], folder.File("empty", "x"), driverMajor: 13);
        CudaException e = Assert.Throws<CudaException>(() => search.Load(Library()));
        Assert.Contains($"'{broken}' cannot be loaded (", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheStandInIsTheOnlyPlaceWhenItIsNamed()
    {
        Copy("sd-test.13");
        var search = new LibrarySearch(folder.File("none.so"), [folder.Path], folder.Path, driverMajor: 13);
        CudaException e = Assert.Throws<CudaException>(() => search.Load(Library()));
        Assert.Contains("SDCOMPILER_CUDA_STANDIN", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("system's", e.Message, StringComparison.Ordinal);

        string standIn = Copy("stand-in.so");
        search = new LibrarySearch(standIn, [folder.Path], folder.Path, driverMajor: 13);
        Assert.NotEqual(0, search.Load(Library()));
        Assert.Equal(standIn, search.Found);
    }

    [Theory]
    [InlineData(13, "sd-test.13")]
    [InlineData(14, "sd-test.13")]
    [InlineData(12, "sd-test.12")]
    [InlineData(int.MaxValue, "sd-test.13")]
    public void ALibraryForANewerCudaThanTheDriversComesLast(int driverMajor, string expected)
    {
        Copy("sd-test.12");
        Copy("sd-test.13");
        var search = new LibrarySearch(null, [folder.Path], folder.Path, driverMajor);
        Assert.NotEqual(0, search.Load(Library()));
        Assert.Equal(Path.Combine(folder.Path, expected), search.Found);
    }

    [Fact]
    public void ALibraryForANewerCudaIsBetterThanNone()
    {
        Copy("sd-test.13");
        var search = new LibrarySearch(null, [folder.Path], folder.Path, driverMajor: 12);
        Assert.NotEqual(0, search.Load(Library()));
    }

    [Fact]
    public void AFileThatAPackageRenamedIsFoundBelowTheApplication()
    {
        Copy("runtimes", "any", "native", "sd-test-builtins-0a1b.so");
        string renamed = Copy("runtimes", "any", "native", "sd-test-9f8e.so");
        var search = new LibrarySearch(null, [], folder.Path, driverMajor: 13);
        Assert.NotEqual(0, search.Load(Library()));
        Assert.Equal(renamed, search.Found);
    }

    [Fact]
    public void AFolderThatWasAddedIsNotSearchedBelow()
    {
        Copy("below", "sd-test.13");
        var search = new LibrarySearch(null, [folder.Path], folder.File("empty", "x"), driverMajor: 13);
        Assert.Throws<CudaException>(() => search.Load(Library()));
    }

    [Fact]
    public void TheFirstFolderCounts()
    {
        Copy("a", "sd-test.13");
        string expected = Copy("b", "sd-test.12");
        var search = new LibrarySearch(null, [Path.Combine(folder.Path, "b"), Path.Combine(folder.Path, "a")], folder.Path, driverMajor: 13);
        Assert.NotEqual(0, search.Load(Library()));
        Assert.Equal(expected, search.Found);
    }

    private static CudaLibrary Library() => new(
        "sd-test", "the library of tests", "It comes with the tests", [new("sd-test.13", 13), new("sd-test.12", 12), new("sd-test")], "sd-test-*.so", "builtins", "sd-test-builtins*");

    /// <summary>Any library that can be loaded does: one of the runtime's own.</summary>
    private string Copy(params string[] parts)
    {
        string name = OperatingSystem.IsWindows() ? "System.IO.Compression.Native.dll"
            : OperatingSystem.IsMacOS() ? "libSystem.Native.dylib"
            : "libSystem.Native.so";
        string path = folder.File(parts);
        File.Copy(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), name), path);
        return path;
    }
}
