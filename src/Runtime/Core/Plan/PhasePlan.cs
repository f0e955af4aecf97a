using System;
using System.Collections.Generic;

namespace SdCompiler;

/// <summary>
/// The products of one phase of a step. A window of S steps and R rows of equal length costs <c>R * (S * perRowStep + perRow)</c>
/// multiply-adds; the part per row holds what happens once per window (a loss on the last state), and, negative, what the first step of a
/// window does not need (the gradient of the carried state).
/// </summary>
public sealed class PhasePlan
{
    /// <summary>A phase.</summary>
    /// <param name="form">What the compiler chose, such as "kept rows, panel outer, time inner".</param>
    /// <param name="densePerRowStep">Multiply-adds per row and step without dropout.</param>
    /// <param name="densePerRow">Multiply-adds per row and window without dropout, beyond those per step.</param>
    /// <param name="keptPerRowStep">Multiply-adds per row and step that are executed.</param>
    /// <param name="keptPerRow">Multiply-adds per row and window that are executed, beyond those per step.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public PhasePlan(string form, PlanFormula densePerRowStep, PlanFormula densePerRow, PlanFormula keptPerRowStep, PlanFormula keptPerRow)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(densePerRowStep);
        ArgumentNullException.ThrowIfNull(densePerRow);
        ArgumentNullException.ThrowIfNull(keptPerRowStep);
        ArgumentNullException.ThrowIfNull(keptPerRow);
        Form = form;
        DensePerRowStep = densePerRowStep;
        DensePerRow = densePerRow;
        KeptPerRowStep = keptPerRowStep;
        KeptPerRow = keptPerRow;
    }

    /// <summary>What the compiler chose for the products of the phase.</summary>
    public string Form { get; }

    /// <summary>Multiply-adds per row and step without dropout.</summary>
    public PlanFormula DensePerRowStep { get; }

    /// <summary>Multiply-adds per row and window without dropout, beyond those per step.</summary>
    public PlanFormula DensePerRow { get; }

    /// <summary>Multiply-adds per row and step that are executed.</summary>
    public PlanFormula KeptPerRowStep { get; }

    /// <summary>Multiply-adds per row and window that are executed, beyond those per step.</summary>
    public PlanFormula KeptPerRow { get; }

    /// <summary>What layers over the characters of words cost for each character; empty for a model without such layers.</summary>
    public IReadOnlyList<CharacterCost> Characters { get; init; } = [];

    /// <summary>What the source side of an encoder-decoder costs; null for other models.</summary>
    public SourceCost? Source { get; init; }

    /// <summary>Multiply-adds of a window without dropout, words of the most characters, sources of the most steps.</summary>
    /// <param name="dimensions">The values of the model's dimensions.</param>
    /// <param name="rowSteps">Steps summed over the rows; rows times steps where all rows have the same length.</param>
    /// <param name="rows">Rows.</param>
    public long Dense(ReadOnlySpan<int> dimensions, long rowSteps, long rows) => Dense(dimensions, rowSteps, rows, []);

    /// <summary>Multiply-adds of a window without dropout.</summary>
    /// <param name="dimensions">The values of the model's dimensions.</param>
    /// <param name="rowSteps">Steps summed over the rows.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="characters">How many characters the window's words have for each of <see cref="Characters"/>; a layer without a number has words of the most characters.</param>
    /// <param name="source">How long the rows' sources are; null for the most steps. Read only where there is a <see cref="Source"/>.</param>
    public long Dense(ReadOnlySpan<int> dimensions, long rowSteps, long rows, ReadOnlySpan<long> characters, SourceSize? source = null)
    {
        long sum = checked((rowSteps * DensePerRowStep.Evaluate(dimensions)) + (rows * DensePerRow.Evaluate(dimensions)));
        for (int i = 0; i < Characters.Count; i++)
        {
            sum = checked(sum + (Characters[i].Dense * (i < characters.Length ? characters[i] : rowSteps * Characters[i].MaximumLength)));
        }

        if (Source is SourceCost cost)
        {
            SourceSize size = source ?? new SourceSize(rows * cost.MaximumSteps, rowSteps * cost.MaximumSteps);
            sum = checked(sum + (cost.Dense * size.Steps) + (cost.PerPair * size.Pairs));
        }

        return sum;
    }

    /// <summary>Multiply-adds of a window that are executed, words of the most characters, sources of the most steps.</summary>
    /// <param name="dimensions">The values of the model's dimensions.</param>
    /// <param name="rowSteps">Steps summed over the rows; rows times steps where all rows have the same length.</param>
    /// <param name="rows">Rows.</param>
    public long Kept(ReadOnlySpan<int> dimensions, long rowSteps, long rows) => Kept(dimensions, rowSteps, rows, []);

    /// <summary>Multiply-adds of a window that are executed.</summary>
    /// <param name="dimensions">The values of the model's dimensions.</param>
    /// <param name="rowSteps">Steps summed over the rows.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="characters">How many characters the window's words have for each of <see cref="Characters"/>; a layer without a number has words of the most characters.</param>
    /// <param name="source">How long the rows' sources are; null for the most steps. Read only where there is a <see cref="Source"/>.</param>
    public long Kept(ReadOnlySpan<int> dimensions, long rowSteps, long rows, ReadOnlySpan<long> characters, SourceSize? source = null)
    {
        long sum = checked((rowSteps * KeptPerRowStep.Evaluate(dimensions)) + (rows * KeptPerRow.Evaluate(dimensions)));
        for (int i = 0; i < Characters.Count; i++)
        {
            sum = checked(sum + (Characters[i].Kept * (i < characters.Length ? characters[i] : rowSteps * Characters[i].MaximumLength)));
        }

        if (Source is SourceCost cost)
        {
            SourceSize size = source ?? new SourceSize(rows * cost.MaximumSteps, rowSteps * cost.MaximumSteps);
            sum = checked(sum + (cost.Kept * size.Steps) + (cost.PerPair * size.Pairs));
        }

        return sum;
    }
}
