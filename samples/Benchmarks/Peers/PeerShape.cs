namespace SdCompiler.Samples.Benchmarks.Peers;

/// <summary>The two-layer language model that a peer trains.</summary>
/// <param name="H">Units of each layer.</param>
/// <param name="B">Rows.</param>
/// <param name="T">Time steps.</param>
/// <param name="V">Words.</param>
internal readonly record struct PeerShape(int H, int B, int T, int V);
