using System;
using System.IO;
using System.Threading;

namespace SdCompiler.Samples.Shared;

/// <summary>What a command has from outside.</summary>
/// <param name="Output">Where results go.</param>
/// <param name="Error">Where a sentence about a failure goes.</param>
/// <param name="IsTerminal">Whether the output is a terminal that shows a live line and colours.</param>
/// <param name="Stop">Set when the user wants to stop after the current step.</param>
internal sealed record CommandContext(TextWriter Output, TextWriter Error, bool IsTerminal, CancellationToken Stop)
{
    /// <summary>Opens standard input.</summary>
    public Func<Stream> Input { get; init; } = Console.OpenStandardInput;
}
