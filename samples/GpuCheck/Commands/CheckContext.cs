using System.IO;
using SdCompiler.Runtime.Cuda;

namespace SdCompiler.Samples.GpuCheck.Commands;

/// <summary>What every command needs.</summary>
/// <param name="Options">The command line, read.</param>
/// <param name="CommandLine">The command line, as it was written.</param>
/// <param name="Device">The GPU.</param>
/// <param name="Output">Where tables go.</param>
internal sealed record CheckContext(CheckOptions Options, string CommandLine, CudaDevice Device, TextWriter Output);
