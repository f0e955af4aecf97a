using System;

namespace SdCompiler;

/// <summary>What one variant of a model executes, phase by phase.</summary>
public sealed class VariantPlan
{
    /// <summary>A variant's plan.</summary>
    /// <param name="name">The variant's name; empty for a model without variants.</param>
    /// <param name="isExact">False where masks are drawn unit by unit (Bernoulli): then kept figures are expectations.</param>
    /// <param name="forward">The forward phase.</param>
    /// <param name="backward">Gradients of activations.</param>
    /// <param name="weightGradient">Gradients of weights.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public VariantPlan(string name, bool isExact, PhasePlan forward, PhasePlan backward, PhasePlan weightGradient)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(forward);
        ArgumentNullException.ThrowIfNull(backward);
        ArgumentNullException.ThrowIfNull(weightGradient);
        Name = name;
        IsExact = isExact;
        Forward = forward;
        Backward = backward;
        WeightGradient = weightGradient;
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

    /// <summary>Multiply-adds of one training window without dropout.</summary>
    /// <param name="dimensions">The values of the model's dimensions, in the order of its constructor.</param>
    /// <param name="rowSteps">Steps summed over the rows; rows times steps where all rows have the same length.</param>
    /// <param name="rows">Rows.</param>
    /// <exception cref="ArgumentException">A dimension has no value.</exception>
    public long Dense(ReadOnlySpan<int> dimensions, long rowSteps, long rows) => checked(
        Forward.Dense(dimensions, rowSteps, rows) + Backward.Dense(dimensions, rowSteps, rows) + WeightGradient.Dense(dimensions, rowSteps, rows));

    /// <summary>Multiply-adds of one training window that are executed.</summary>
    /// <param name="dimensions">The values of the model's dimensions, in the order of its constructor.</param>
    /// <param name="rowSteps">Steps summed over the rows; rows times steps where all rows have the same length.</param>
    /// <param name="rows">Rows.</param>
    /// <exception cref="ArgumentException">A dimension has no value.</exception>
    public long Kept(ReadOnlySpan<int> dimensions, long rowSteps, long rows) => checked(
        Forward.Kept(dimensions, rowSteps, rows) + Backward.Kept(dimensions, rowSteps, rows) + WeightGradient.Kept(dimensions, rowSteps, rows));
}
