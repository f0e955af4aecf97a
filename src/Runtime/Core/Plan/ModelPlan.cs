using System;
using System.Collections.Generic;
using System.Linq;

namespace SdCompiler;

/// <summary>What the compiler decided for a model: multiply-adds per phase, dense and executed, parameters and memory, as formulas of the dimensions given late.</summary>
public sealed class ModelPlan
{
    /// <summary>A plan; called by emitted code.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="batchSize">B.</param>
    /// <param name="timeSteps">T.</param>
    /// <param name="dimensions">The names of the dimensions, in the order of the model's constructor.</param>
    /// <param name="parameters">Trainable numbers.</param>
    /// <param name="variants">The variants; one with an empty name for a model without variants.</param>
    /// <exception cref="ArgumentException"><paramref name="variants"/> is empty.</exception>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public ModelPlan(
        string model,
        int batchSize,
        int timeSteps,
        string[] dimensions,
        PlanFormula parameters,
        VariantPlan[] variants)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(dimensions);
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(variants);
        if (variants.Length == 0)
        {
            throw new ArgumentException("A plan has at least one variant.", nameof(variants));
        }

        Model = model;
        BatchSize = batchSize;
        TimeSteps = timeSteps;
        Dimensions = (string[])dimensions.Clone();
        Parameters = parameters;
        Variants = (VariantPlan[])variants.Clone();
    }

    /// <summary>The model's name.</summary>
    public string Model { get; }

    /// <summary>The most rows of a step, B.</summary>
    public int BatchSize { get; }

    /// <summary>The most time steps of a window, T.</summary>
    public int TimeSteps { get; }

    /// <summary>The names of the dimensions, in the order of the model's constructor.</summary>
    public IReadOnlyList<string> Dimensions { get; }

    /// <summary>Trainable numbers.</summary>
    public PlanFormula Parameters { get; }

    /// <summary>The variants; one with an empty name for a model without variants.</summary>
    public IReadOnlyList<VariantPlan> Variants { get; }

    /// <summary>The plan of a variant.</summary>
    /// <param name="name">The variant's name; empty for a model without variants.</param>
    /// <exception cref="ArgumentException">The model has no such variant.</exception>
    public VariantPlan Variant(string name) => Variants.FirstOrDefault(v => string.Equals(v.Name, name, StringComparison.Ordinal))
        ?? throw new ArgumentException(
            $"{Model} has no variant '{name}'; it has {string.Join(", ", Variants.Select(v => $"'{v.Name}'"))}.", nameof(name));

    /// <summary>The figures of one full training window of B rows and T steps.</summary>
    /// <param name="variant">The variant's name; empty for a model without variants.</param>
    /// <param name="dimensions">The values of the dimensions, in the order of the model's constructor.</param>
    /// <exception cref="ArgumentException">There is no such variant, or a dimension has no value, or one below 1.</exception>
    /// <exception cref="OverflowException">A figure does not fit 64 bits.</exception>
    public PlanFigures Evaluate(string variant, params ReadOnlySpan<int> dimensions)
    {
        VariantPlan plan = Variant(variant);
        Check(dimensions);
        long rows = BatchSize;
        long rowSteps = rows * TimeSteps;
        return new PlanFigures(
            plan.Forward.Dense(dimensions, rowSteps, rows),
            plan.Forward.Kept(dimensions, rowSteps, rows),
            plan.Backward.Dense(dimensions, rowSteps, rows),
            plan.Backward.Kept(dimensions, rowSteps, rows),
            plan.WeightGradient.Dense(dimensions, rowSteps, rows),
            plan.WeightGradient.Kept(dimensions, rowSteps, rows),
            rowSteps,
            Parameters.Evaluate(dimensions),
            plan.WorkspaceBytes(dimensions));
    }

    /// <summary>A few lines for people: the model's sizes, and what the compiler chose for each variant.</summary>
    public override string ToString()
    {
        string given = Dimensions.Count == 0 ? "" : $", for any {string.Join(", ", Dimensions)}";
        IEnumerable<string> lines = Variants.SelectMany(variant => new[]
        {
            (variant.Name.Length == 0 ? "" : variant.Name + ", ") + "forward: " + variant.Forward.Form,
            "  backward: " + variant.Backward.Form,
            "  weight gradient: " + variant.WeightGradient.Form,
        });
        return string.Join(Environment.NewLine, lines.Prepend($"{Model}: up to T={TimeSteps} steps of B={BatchSize} sequences{given}"));
    }

    private void Check(ReadOnlySpan<int> dimensions)
    {
        if (dimensions.Length != Dimensions.Count)
        {
            throw new ArgumentException(
                $"{Model} has {Dimensions.Count} dimensions ({string.Join(", ", Dimensions)}), but {dimensions.Length} values were given.",
                nameof(dimensions));
        }

        for (int i = 0; i < dimensions.Length; i++)
        {
            if (dimensions[i] < 1)
            {
                throw new ArgumentException($"{Dimensions[i]} is {dimensions[i]}; a dimension is at least 1.", nameof(dimensions));
            }
        }
    }
}
