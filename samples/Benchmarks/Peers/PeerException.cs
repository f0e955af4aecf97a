using System;

namespace SdCompiler.Samples.Benchmarks.Peers;

/// <summary>A peer cannot be measured; the message says why and ends a sentence that begins with the peer's name.</summary>
internal sealed class PeerException(string message, Exception? inner = null) : Exception(message, inner);
