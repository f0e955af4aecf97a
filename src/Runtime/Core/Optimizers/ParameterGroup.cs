using System;

namespace SdCompiler;

/// <summary>Parameters with a learning rate or weight decay of their own. The first group of an optimizer that takes a parameter counts.</summary>
public sealed class ParameterGroup
{
    private readonly Func<string, bool> _takes;

    /// <summary>A group chosen by name.</summary>
    /// <param name="description">What the group is, for messages, such as "biases".</param>
    /// <param name="takes">Whether a parameter belongs to it, by its name in checkpoints, such as <c>Lower.weight_ih_l0</c>.</param>
    public ParameterGroup(string description, Func<string, bool> takes)
    {
        ArgumentException.ThrowIfNullOrEmpty(description);
        ArgumentNullException.ThrowIfNull(takes);
        Description = description;
        _takes = takes;
    }

    /// <summary>What the group is.</summary>
    public string Description { get; }

    /// <summary>What the optimizer's learning rate is multiplied by; 0 freezes the parameters.</summary>
    public double RateMultiplier { get; init; } = 1;

    /// <summary>The weight decay of the group, or null for the optimizer's.</summary>
    public double? WeightDecay { get; init; }

    /// <summary>All parameters of one layer.</summary>
    /// <param name="layer">The name of the layer's property, such as <c>Words</c>.</param>
    /// <param name="rateMultiplier">What the optimizer's learning rate is multiplied by.</param>
    /// <param name="weightDecay">The weight decay, or null for the optimizer's.</param>
    public static ParameterGroup Layer(string layer, double rateMultiplier = 1, double? weightDecay = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(layer);
        string prefix = layer + ".";
        return new ParameterGroup($"layer '{layer}'", name => name.StartsWith(prefix, StringComparison.Ordinal))
        {
            RateMultiplier = rateMultiplier,
            WeightDecay = weightDecay,
        };
    }

    /// <summary>All biases.</summary>
    /// <param name="rateMultiplier">What the optimizer's learning rate is multiplied by.</param>
    /// <param name="weightDecay">The weight decay; usually biases have none.</param>
    public static ParameterGroup Biases(double rateMultiplier = 1, double? weightDecay = 0) =>
        new("biases", name => name.Contains(".bias", StringComparison.Ordinal))
        {
            RateMultiplier = rateMultiplier,
            WeightDecay = weightDecay,
        };

    /// <summary>Whether a parameter belongs to the group.</summary>
    /// <param name="parameter">The parameter's name in checkpoints.</param>
    public bool Takes(string parameter) => _takes(parameter);
}
