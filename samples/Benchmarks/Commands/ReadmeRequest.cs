namespace SdCompiler.Samples.Benchmarks.Commands;

/// <summary>What <c>readme</c> was asked for.</summary>
/// <param name="Results">The folder with a folder of result files for each machine.</param>
/// <param name="Readme">The file to bring up to date.</param>
/// <param name="Check">Whether to say only that it is not.</param>
internal sealed record ReadmeRequest(string Results, string Readme, bool Check)
{
    /// <summary>Where this repository keeps its results, seen from its root.</summary>
    public const string DefaultResults = "samples/Benchmarks/Results";

    /// <summary>The README of the current folder.</summary>
    public const string DefaultReadme = "README.md";

    /// <summary>The command that brings the file up to date, seen from the repository's root.</summary>
    public string CommandLine => "dotnet run -c Release --project samples/Benchmarks -- readme"
        + (Results == DefaultResults ? "" : $" --results {Quoted(Results)}")
        + (Readme == DefaultReadme ? "" : $" --readme {Quoted(Readme)}");

    private static string Quoted(string path) => path.Contains(' ') ? $"\"{path}\"" : path;
}
