using System;

namespace SdCompiler.Runtime.Cuda;

/// <summary>A recorded step for windows of one length, with what it costs.</summary>
internal sealed class StepGraph(CudaGraph graph, long multiplyAdds, KeptChain[] chains) : IDisposable
{
    public CudaGraph Graph => graph;

    /// <summary>When it was used last, for <see cref="GraphCache{TKey}"/>.</summary>
    public long LastUse { get; set; }

    /// <summary>Multiply-adds of the products that masks do not shorten.</summary>
    public long MultiplyAdds => multiplyAdds;

    public KeptChain[] Chains => chains;

    public void Dispose() => graph.Dispose();
}
