using System;

namespace SdCompiler.Runtime;

/// <summary>
/// A buffer whose width is a dimension of the model: logits, <c>[chunk of steps, batch, columns]</c>, unless <see cref="Shape"/> says otherwise. Emitted code and the plan size it by the same
/// rule, so that a large vocabulary or batch does not need hundreds of megabytes of logits at once.
/// </summary>
/// <param name="Dimension">The position of the dimension among the model's dimensions, from 0.</param>
/// <param name="TimeSteps">The most steps of a window.</param>
/// <param name="BatchSize">Rows.</param>
public readonly record struct LateBuffer(int Dimension, int TimeSteps, int BatchSize)
{
    /// <summary>The most bytes that the logits of one chunk take, unless one step alone takes more: 32 MiB. Each chunk reads the weights and writes their gradient once more.</summary>
    public const long ChunkBytes = 32L << 20;

    /// <summary>What the buffer holds; logits of a chunk of steps unless it says otherwise.</summary>
    public LateShape Shape { get; init; }

    /// <summary>Columns rounded up to whole panels of 32.</summary>
    /// <param name="columns">Columns, at least 1.</param>
    /// <exception cref="OverflowException">The result does not fit 32 bits.</exception>
    public static int Padded(int columns) => checked((columns + 31) / 32 * 32);

    /// <summary>Steps per chunk, balanced over the chunks of a full window.</summary>
    /// <param name="timeSteps">The most steps of a window, at least 1.</param>
    /// <param name="batchSize">Rows, at least 1.</param>
    /// <param name="columns">Columns, at least 1.</param>
    /// <returns>A number from 1 to <paramref name="timeSteps"/>.</returns>
    public static int ChunkSteps(int timeSteps, int batchSize, int columns)
    {
        long bytesPerStep = (long)batchSize * Padded(columns) * sizeof(float);
        long most = Math.Clamp(ChunkBytes / bytesPerStep, 1, timeSteps);
        long chunks = (timeSteps + most - 1) / most;
        return (int)((timeSteps + chunks - 1) / chunks);
    }

    /// <summary>Floats of the buffer, a multiple of 16 (64 bytes).</summary>
    /// <param name="columns">The value of the dimension.</param>
    /// <exception cref="OverflowException">The result does not fit 64 bits.</exception>
    public long Floats(int columns) => Shape switch
    {
        LateShape.Window => checked((long)TimeSteps * BatchSize * Padded(columns)),
        LateShape.TagScores => checked(BatchSize * (columns + 2L) * Padded(columns)),
        _ => checked((long)ChunkSteps(TimeSteps, BatchSize, columns) * BatchSize * Padded(columns)),
    };
}
