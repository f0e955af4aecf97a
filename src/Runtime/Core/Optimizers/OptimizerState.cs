using System;
using System.Collections.Generic;
using System.Linq;

namespace SdCompiler.Runtime;

/// <summary>What an optimizer remembers of each weight of one trainer, wherever that lies, and which settings it has for each parameter.</summary>
internal abstract class OptimizerState
{
    // Single precision ends at 3.4e38: a square of this is below it, and so is any sum of steps of this size.
    public const double LargestStep = 1e19;

    private readonly ParameterGroup?[] _groups;

    /// <exception cref="ArgumentException">A parameter group takes no parameter.</exception>
    protected OptimizerState(Optimizer optimizer, ModelParameters parameters)
    {
        Optimizer = optimizer;
        Parameters = parameters;
        _groups = parameters.All.Select(parameter => optimizer.Groups.FirstOrDefault(group => group.Takes(parameter.Name))).ToArray();
        foreach (ParameterGroup group in optimizer.Groups)
        {
            if (!parameters.All.Any(parameter => !parameter.IsFrozen && group.Takes(parameter.Name)))
            {
                throw new ArgumentException(
                    $"The parameter group {group.Description} takes none of the model's parameters that are trained ({string.Join(", ", parameters.All.Where(parameter => !parameter.IsFrozen).Select(parameter => parameter.Name))}); correct its name.",
                    nameof(optimizer));
            }
        }
    }

    /// <summary>Steps that changed weights; Adam's t.</summary>
    public long Updates { get; protected set; }

    protected Optimizer Optimizer { get; }

    protected ModelParameters Parameters { get; }

    /// <summary>The learning rate of a parameter, by its number.</summary>
    public double Rate(int parameter) => Optimizer.LearningRate * (_groups[parameter]?.RateMultiplier ?? 1);

    /// <summary>The weight decay of a parameter, by its number.</summary>
    public double Decay(int parameter) => _groups[parameter]?.WeightDecay ?? Optimizer.WeightDecay;

    /// <summary>What groups set differently from the optimizer, parameter by parameter, for a checkpoint.</summary>
    public Dictionary<string, double> GroupSettings()
    {
        var settings = new Dictionary<string, double>(StringComparer.Ordinal);
        for (int i = 0; i < _groups.Length; i++)
        {
            if (Parameters.All[i].IsFrozen)
            {
                continue;
            }

            string name = Parameters.All[i].Name;
            if (_groups[i] is { RateMultiplier: not 1 } group)
            {
                settings[$"{name}.rate_multiplier"] = group.RateMultiplier;
            }

            if (_groups[i]?.WeightDecay is double decay)
            {
                settings[$"{name}.weight_decay"] = decay;
            }
        }

        return settings;
    }

    /// <summary>The updates before the first whose weights are averaged; null while nothing is averaged.</summary>
    public virtual long? AveragingSince => null;

    /// <summary>How long the window is beside the length that the optimizer's settings are for: its gradient is divided by this before clipping, and the learning rate multiplied by it.</summary>
    public double LengthScale { get; set; } = 1;

    /// <summary>Begins to average weights.</summary>
    /// <exception cref="InvalidOperationException">The optimizer does not.</exception>
    public virtual void StartAveraging() =>
        throw new InvalidOperationException($"The optimizer {Optimizer.GetType().Name} does not average weights; create the trainer with Asgd.");

    /// <summary>Notes that the model's weights are those of the checkpoint whose buffers were read.</summary>
    public virtual void Settle()
    {
    }

    /// <summary>All buffers in PyTorch's layout of their parameters, for a checkpoint.</summary>
    public abstract List<TensorSource> Tensors();

    /// <summary>Reads the buffers of a checkpoint without changing anything; the result takes them over.</summary>
    /// <param name="file">The buffers.</param>
    /// <param name="updates">Updates so far.</param>
    /// <param name="averagingSince">The updates before the first averaged one, or null.</param>
    public abstract Action Read(SafetensorsFile file, long updates, long? averagingSince);
}
