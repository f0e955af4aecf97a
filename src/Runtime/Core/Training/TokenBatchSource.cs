using System;

namespace SdCompiler;

/// <summary>The windows of a <see cref="BatchLoader"/> as batches: one stream of tokens, cut into parallel rows.</summary>
public sealed class TokenBatchSource : IBatchSource<TokenBatch>
{
    private readonly BatchLoader _loader;
    private readonly TokenBatch _batch = new();

    /// <summary>Batches of a loader.</summary>
    /// <param name="loader">The loader; this source moves it.</param>
    public TokenBatchSource(BatchLoader loader)
    {
        ArgumentNullException.ThrowIfNull(loader);
        _loader = loader;
    }

    /// <inheritdoc/>
    public int BatchesPerEpoch => _loader.WindowCount;

    /// <inheritdoc/>
    public TokenBatch Get(int epoch, int index)
    {
        if (_loader.Position != index)
        {
            _loader.Seek(index);
        }

        if (!_loader.TryNext())
        {
            throw new ArgumentOutOfRangeException(nameof(index), index, $"An epoch has {BatchesPerEpoch} batches, numbered from 0.");
        }

        _batch.Rows = _loader.Rows;
        _batch.Steps = _loader.Steps;
        _batch.Inputs = _loader.Inputs;
        _batch.Targets = _loader.Targets;
        return _batch;
    }
}
