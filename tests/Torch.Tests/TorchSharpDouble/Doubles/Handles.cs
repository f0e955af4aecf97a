using System;
using System.Collections.Concurrent;
using System.Threading;

namespace TorchSharp.Doubles;

/// <summary>What stands for addresses of <c>at::Tensor</c> objects: numbers, each for one reference.</summary>
internal static class Handles
{
    private static readonly ConcurrentDictionary<nint, TensorData> live = new();
    private static long last = 0x1000;

    public static nint Add(TensorData data)
    {
        nint handle = (nint)Interlocked.Add(ref last, 16);
        live[handle] = data;
        return handle;
    }

    public static TensorData Find(nint handle) => live.TryGetValue(handle, out TensorData? data) ? data : throw new InvalidOperationException($"There is no tensor at {handle}.");

    public static void Remove(nint handle)
    {
        if (!live.TryRemove(handle, out _))
        {
            throw new InvalidOperationException($"The tensor at {handle} was freed before.");
        }
    }
}
