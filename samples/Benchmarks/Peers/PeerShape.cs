namespace SdCompiler.Samples.Benchmarks.Peers;

/// <summary>The two-layer language model that a peer runs.</summary>
/// <param name="H">Units of each layer.</param>
/// <param name="B">Rows.</param>
/// <param name="T">Time steps.</param>
/// <param name="V">Words.</param>
internal readonly record struct PeerShape(int H, int B, int T, int V)
{
    /// <summary>Multiply-adds of one token, forward: two layers of [2H, 4H], and [H, V].</summary>
    public long MultiplyAddsOfToken => (16L * H * H) + ((long)H * V);
}
