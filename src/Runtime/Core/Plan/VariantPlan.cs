using System;
using SdCompiler.Runtime;

namespace SdCompiler;

/// <summary>What one variant of a model executes, phase by phase.</summary>
public sealed class VariantPlan
{
    private readonly long _workspaceFloats;
    private readonly LateBuffer[] _lateBuffers;

    /// <summary>A variant's plan.</summary>
    /// <param name="name">The variant's name; empty for a model without variants.</param>
    /// <param name="isExact">False where masks are drawn unit by unit (Bernoulli): then kept figures are expectations.</param>
    /// <param name="forward">The forward phase.</param>
    /// <param name="backward">Gradients of activations.</param>
    /// <param name="weightGradient">Gradients of weights.</param>
    /// <param name="workspaceFloats">Floats of the workspace that no dimension changes.</param>
    /// <param name="lateBuffers">Buffers whose size a dimension decides.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public VariantPlan(
        string name, bool isExact, PhasePlan forward, PhasePlan backward, PhasePlan weightGradient, long workspaceFloats, LateBuffer[] lateBuffers)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(forward);
        ArgumentNullException.ThrowIfNull(backward);
        ArgumentNullException.ThrowIfNull(weightGradient);
        ArgumentNullException.ThrowIfNull(lateBuffers);
        Name = name;
        IsExact = isExact;
        Forward = forward;
        Backward = backward;
        WeightGradient = weightGradient;
        _workspaceFloats = workspaceFloats;
        _lateBuffers = (LateBuffer[])lateBuffers.Clone();
    }

    /// <summary>The variant's name; empty for a model without variants.</summary>
    public string Name { get; }

    /// <summary>False where masks are drawn unit by unit (Bernoulli): then kept figures are expectations.</summary>
    public bool IsExact { get; }

    /// <summary>The forward phase.</summary>
    public PhasePlan Forward { get; }

    /// <summary>Gradients of activations.</summary>
    public PhasePlan Backward { get; }

    /// <summary>Gradients of weights.</summary>
    public PhasePlan WeightGradient { get; }

    /// <summary>Bytes of a trainer's workspace, without parameters, gradients and optimizer state.</summary>
    /// <param name="dimensions">The values of the dimensions, in the order of the model's constructor.</param>
    /// <exception cref="OverflowException">The number does not fit 64 bits.</exception>
    public long WorkspaceBytes(params ReadOnlySpan<int> dimensions)
    {
        long floats = _workspaceFloats;
        foreach (LateBuffer buffer in _lateBuffers)
        {
            floats = checked(floats + buffer.Floats(dimensions[buffer.Dimension]));
        }

        return checked(floats * sizeof(float));
    }

    /// <summary>Multiply-adds of one training window without dropout.</summary>
    /// <param name="dimensions">The values of the model's dimensions, in the order of its constructor.</param>
    /// <param name="rowSteps">Steps summed over the rows; rows times steps where all rows have the same length.</param>
    /// <param name="rows">Rows.</param>
    /// <exception cref="ArgumentException">A dimension has no value.</exception>
    public long Dense(ReadOnlySpan<int> dimensions, long rowSteps, long rows) => Dense(dimensions, rowSteps, rows, []);

    /// <summary>Multiply-adds of one training window without dropout, for words and sources of any length.</summary>
    /// <param name="dimensions">The values of the model's dimensions, in the order of its constructor.</param>
    /// <param name="rowSteps">Steps summed over the rows.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="characters">How many characters the window's words have, for each layer over characters in order; a layer without a number has words of the most characters.</param>
    /// <param name="source">How long the sources of an encoder-decoder's rows are; null for the most steps.</param>
    /// <exception cref="ArgumentException">A dimension has no value.</exception>
    public long Dense(ReadOnlySpan<int> dimensions, long rowSteps, long rows, ReadOnlySpan<long> characters, SourceSize? source = null) => checked(
        Forward.Dense(dimensions, rowSteps, rows, characters, source) + Backward.Dense(dimensions, rowSteps, rows, characters, source) + WeightGradient.Dense(dimensions, rowSteps, rows, characters, source));

    /// <summary>Multiply-adds of one training window that are executed.</summary>
    /// <param name="dimensions">The values of the model's dimensions, in the order of its constructor.</param>
    /// <param name="rowSteps">Steps summed over the rows; rows times steps where all rows have the same length.</param>
    /// <param name="rows">Rows.</param>
    /// <exception cref="ArgumentException">A dimension has no value.</exception>
    public long Kept(ReadOnlySpan<int> dimensions, long rowSteps, long rows) => Kept(dimensions, rowSteps, rows, []);

    /// <summary>Multiply-adds of one training window that are executed, for words and sources of any length.</summary>
    /// <param name="dimensions">The values of the model's dimensions, in the order of its constructor.</param>
    /// <param name="rowSteps">Steps summed over the rows.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="characters">How many characters the window's words have, for each layer over characters in order; a layer without a number has words of the most characters.</param>
    /// <param name="source">How long the sources of an encoder-decoder's rows are; null for the most steps.</param>
    /// <exception cref="ArgumentException">A dimension has no value.</exception>
    public long Kept(ReadOnlySpan<int> dimensions, long rowSteps, long rows, ReadOnlySpan<long> characters, SourceSize? source = null) => checked(
        Forward.Kept(dimensions, rowSteps, rows, characters, source) + Backward.Kept(dimensions, rowSteps, rows, characters, source) + WeightGradient.Kept(dimensions, rowSteps, rows, characters, source));
}
