using System;
using System.Linq;

namespace SdCompiler.Samples.GpuCheck.Models;

/// <summary>One window of data, time-major; either tokens or numbers are there.</summary>
/// <param name="Steps">Steps of the longest row.</param>
/// <param name="Rows">Rows.</param>
/// <param name="Lengths">Steps of each row.</param>
internal sealed record CheckWindow(int Steps, int Rows, int[] Lengths)
{
    /// <summary>[steps, rows].</summary>
    public int[] Tokens { get; init; } = [];

    /// <summary>[steps, rows].</summary>
    public int[] TargetTokens { get; init; } = [];

    /// <summary>[steps, rows, width].</summary>
    public float[] Numbers { get; init; } = [];

    /// <summary>[steps, rows, outputs].</summary>
    public float[] TargetNumbers { get; init; } = [];

    /// <summary>Where each row stands among the rows ordered by length, the longest first: that is how masks count rows.</summary>
    public int[] Positions()
    {
        int[] order = [.. Enumerable.Range(0, Rows).OrderByDescending(row => Lengths[row])];
        return [.. Enumerable.Range(0, Rows).Select(row => Array.IndexOf(order, row))];
    }

    /// <summary>Sets size and lengths of a batch.</summary>
    public TBatch Shape<TBatch>(TBatch batch)
        where TBatch : LstmBatch
    {
        (batch.Rows, batch.Steps, batch.Lengths) = (Rows, Steps, Lengths);
        return batch;
    }
}
