using System;

namespace SdCompiler.Samples.LanguageModel.Commands;

/// <summary>A wrong command line; the message is one sentence.</summary>
internal sealed class UsageException(string message) : Exception(message);
