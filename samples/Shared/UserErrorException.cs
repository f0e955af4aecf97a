using System;

namespace SdCompiler.Samples.Shared;

/// <summary>A request that cannot be met; the message is one sentence for the user.</summary>
internal sealed class UserErrorException(string message, Exception? inner = null) : Exception(message, inner);
