using System;

namespace SdCompiler;

/// <summary>One <see cref="CheckpointWriter.Hold"/>, until it is disposed of.</summary>
internal sealed class CheckpointHold(CheckpointWriter writer) : IDisposable
{
    private CheckpointWriter? _writer = writer;

    public void Dispose()
    {
        _writer?.Release();
        _writer = null;
    }
}
