using System;

namespace SdCompiler.Samples.Shared;

/// <summary>A wrong command line; the message is one sentence.</summary>
internal sealed class UsageException(string message) : Exception(message);
