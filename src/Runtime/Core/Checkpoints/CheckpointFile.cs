using System;
using System.IO;

namespace SdCompiler;

/// <summary>A file of a checkpoint that is to be written.</summary>
/// <param name="Name">The file's name, without folder.</param>
/// <param name="Write">Writes its content.</param>
internal sealed record CheckpointFile(string Name, Action<Stream> Write);
