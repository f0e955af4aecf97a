namespace SdCompiler.Package.Tests;

/// <summary>How a command ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it wrote, both streams.</param>
internal sealed record CommandResult(int ExitCode, string Output);
