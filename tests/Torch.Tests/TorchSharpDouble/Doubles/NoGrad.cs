using System;

namespace TorchSharp.Doubles;

/// <summary>While one is alive, its thread's operations leave no graph.</summary>
internal sealed class NoGrad : IDisposable
{
    [ThreadStatic]
    private static int depth;

    public NoGrad() => depth++;

    public static bool IsOn => depth > 0;

    public void Dispose() => depth--;
}
