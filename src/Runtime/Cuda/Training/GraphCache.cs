using System;
using System.Collections.Generic;

namespace SdCompiler.Runtime.Cuda;

/// <summary>Recorded graphs by what they were recorded for. Beyond a number of them the one that was used longest ago is given back: windows may have thousands of lengths.</summary>
/// <typeparam name="TKey">What a graph is for.</typeparam>
internal sealed class GraphCache<TKey> : IDisposable
    where TKey : struct, IEquatable<TKey>
{
    /// <summary>The most graphs.</summary>
    public const int Capacity = 64;

    private readonly Dictionary<TKey, StepGraph> _graphs = [];
    private long _use;

    public int Count => _graphs.Count;

    public StepGraph? Find(TKey key)
    {
        if (!_graphs.TryGetValue(key, out StepGraph? graph))
        {
            return null;
        }

        graph.LastUse = ++_use;
        return graph;
    }

    public void Add(TKey key, StepGraph graph)
    {
        if (_graphs.Count == Capacity)
        {
            TKey oldest = default;
            long use = long.MaxValue;
            foreach (KeyValuePair<TKey, StepGraph> other in _graphs)
            {
                (oldest, use) = other.Value.LastUse < use ? (other.Key, other.Value.LastUse) : (oldest, use);
            }

            _graphs.Remove(oldest, out StepGraph? idle);
            idle!.Dispose();
        }

        graph.LastUse = ++_use;
        _graphs.Add(key, graph);
    }

    public void Dispose()
    {
        foreach (StepGraph graph in _graphs.Values)
        {
            graph.Dispose();
        }

        _graphs.Clear();
    }
}
