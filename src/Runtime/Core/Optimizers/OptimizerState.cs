using System;
using System.Collections.Generic;
using System.Linq;

namespace SdCompiler.Runtime;

/// <summary>What an optimizer remembers of each weight of one trainer, and its step over all of them.</summary>
internal sealed class OptimizerState
{
    // Single precision ends at 3.4e38: a square of this is below it, and so is any sum of steps of this size.
    private const double LargestStep = 1e19;

    private readonly Optimizer _optimizer;
    private readonly OptimizerEntry[] _entries;

    /// <summary>State of zeros.</summary>
    /// <exception cref="ArgumentException">A parameter lacks a gradient or has two, or a parameter group takes no parameter.</exception>
    public OptimizerState(Optimizer optimizer, ModelParameters parameters, IReadOnlyList<ParameterGradient> gradients)
    {
        _optimizer = optimizer;
        _entries = new OptimizerEntry[parameters.All.Count];
        for (int i = 0; i < _entries.Length; i++)
        {
            Parameter parameter = parameters.All[i];
            ParameterGradient[] own = gradients.Where(gradient => ReferenceEquals(gradient.Parameter, parameter)).ToArray();
            if (own.Length != 1)
            {
                throw new ArgumentException($"The body has {own.Length} gradients of '{parameter.Name}'; it needs exactly one.", nameof(gradients));
            }

            ParameterGroup? group = optimizer.Groups.FirstOrDefault(candidate => candidate.Takes(parameter.Name));
            _entries[i] = new OptimizerEntry(parameter, own[0], group, optimizer.Moments);
        }

        foreach (ParameterGroup group in optimizer.Groups)
        {
            if (!parameters.All.Any(parameter => group.Takes(parameter.Name)))
            {
                throw new ArgumentException(
                    $"The parameter group {group.Description} takes none of the model's parameters ({string.Join(", ", parameters.All.Select(parameter => parameter.Name))}); correct its name.",
                    nameof(optimizer));
            }
        }
    }

    /// <summary>Steps that changed weights; Adam's t.</summary>
    public long Updates { get; private set; }

    /// <summary>The L2 norm over all gradients, added in the order of the parameters.</summary>
    public double GradientNorm()
    {
        double sum = 0;
        foreach (OptimizerEntry entry in _entries)
        {
            sum += entry.Gradient.SquaredNorm();
        }

        return Math.Sqrt(sum);
    }

    /// <summary>Fixes the numbers of the next update; lane 0 alone, before a barrier.</summary>
    /// <returns>False when the gradient is not finite, or so large that the update might not be; then there is no update.</returns>
    public bool TryBeginUpdate(double gradientNorm)
    {
        double clip = _optimizer.ClipNorm;
        double scale = clip > 0 && gradientNorm > clip ? clip / gradientNorm : 1;
        if (!IsUsable(gradientNorm * scale))
        {
            return false;
        }

        Updates++;
        foreach (OptimizerEntry entry in _entries)
        {
            double decay = entry.Group?.WeightDecay ?? _optimizer.WeightDecay;
            entry.Step = new UpdateStep(Rate(entry), scale, decay, Updates);
        }

        return true;
    }

    /// <summary>Updates this lane's part of every parameter.</summary>
    public void Apply(Lane lane)
    {
        foreach (OptimizerEntry entry in _entries)
        {
            entry.Apply(lane, _optimizer);
        }
    }

    /// <summary>No number of a gradient is larger than its length, so neither a square (Adam) nor a step from weight to weight is larger than the length allows.</summary>
    private bool IsUsable(double length)
    {
        // False for NaN.
        bool usable = length <= LargestStep;
        foreach (OptimizerEntry entry in _entries)
        {
            usable = usable && length * Rate(entry) <= LargestStep;
        }

        return usable;
    }

    private double Rate(OptimizerEntry entry) => _optimizer.LearningRate * (entry.Group?.RateMultiplier ?? 1);

    /// <summary>What groups set differently from the optimizer, parameter by parameter, for a checkpoint.</summary>
    public Dictionary<string, double> GroupSettings()
    {
        var settings = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (OptimizerEntry entry in _entries)
        {
            if (entry.Group is { RateMultiplier: not 1 })
            {
                settings[$"{entry.Gradient.Parameter.Name}.rate_multiplier"] = entry.Group.RateMultiplier;
            }

            if (entry.Group?.WeightDecay is double decay)
            {
                settings[$"{entry.Gradient.Parameter.Name}.weight_decay"] = decay;
            }
        }

        return settings;
    }

    /// <summary>All buffers in PyTorch's layout of their parameters, for a checkpoint.</summary>
    public List<TensorSource> Tensors()
    {
        var tensors = new List<TensorSource>();
        foreach (OptimizerEntry entry in _entries)
        {
            foreach (Parameter moment in entry.Moments)
            {
                tensors.Add(ParameterTensors.Source(moment));
            }
        }

        return tensors;
    }

    /// <summary>Reads the buffers of a checkpoint without changing anything; the result takes them over.</summary>
    public Action Read(SafetensorsFile file, long updates)
    {
        var values = new List<(Parameter Moment, float[] Values)>();
        foreach (OptimizerEntry entry in _entries)
        {
            foreach (Parameter moment in entry.Moments)
            {
                values.Add((moment, file.Read(moment.Name, ParameterTensors.Shape(moment))));
            }
        }

        return () =>
        {
            Updates = updates;
            foreach ((Parameter moment, float[] numbers) in values)
            {
                moment.ReadFrom(numbers);
            }
        };
    }
}
