using System;
using System.Collections.Generic;
using System.Linq;

namespace SdCompiler.Runtime;

/// <summary>The optimizer's buffers in the kernels' own layout, and its step over all of them.</summary>
internal sealed class CpuOptimizerState : OptimizerState, IParameterHost
{
    private readonly OptimizerEntry[] _entries;
    private readonly KernelSet _kernels;
    private readonly AveragedWeights? _averages;

    /// <summary>The number of each entry's parameter: frozen ones have no entry.</summary>
    private readonly int[] _numbers;

    /// <summary>State of zeros.</summary>
    /// <exception cref="ArgumentException">A parameter lacks a gradient or has two, a frozen one has any, or a parameter group takes no parameter.</exception>
    public CpuOptimizerState(Optimizer optimizer, ModelParameters parameters, IReadOnlyList<ParameterGradient> gradients, KernelSet kernels)
        : base(optimizer, parameters)
    {
        _kernels = kernels;
        var entries = new List<OptimizerEntry>();
        var numbers = new List<int>();
        for (int i = 0; i < parameters.All.Count; i++)
        {
            Parameter parameter = parameters.All[i];
            ParameterGradient[] own = gradients.Where(gradient => ReferenceEquals(gradient.Parameter, parameter)).ToArray();
            if (own.Length != (parameter.IsFrozen ? 0 : 1))
            {
                throw new ArgumentException($"The body has {own.Length} gradients of '{parameter.Name}'; it needs {(parameter.IsFrozen ? "none, because it is frozen" : "exactly one")}.", nameof(gradients));
            }

            if (!parameter.IsFrozen)
            {
                entries.Add(new OptimizerEntry(parameter, own[0], optimizer));
                numbers.Add(i);
            }
        }

        _entries = entries.ToArray();
        _numbers = numbers.ToArray();
        _averages = optimizer is Asgd ? new AveragedWeights(parameters, _numbers.Select((number, i) => (number, _entries[i].Moments[0])).ToArray()) : null;
    }

    /// <inheritdoc/>
    public override long? AveragingSince => _averages?.Since;

    /// <summary>Before a training step: the model's memory holds the weights that it trains.</summary>
    public void BeginStep()
    {
        if (_averages is null)
        {
            if (!Parameters.IsAt(this))
            {
                Parameters.BringHome();
            }

            foreach (OptimizerEntry entry in _entries)
            {
                if (entry.Gradient is TableGradient gradient)
                {
                    gradient.Table.Deferred = entry.Deferred;
                }
            }

            return;
        }

        _averages.BeginStep();
        if (_averages.Since is null && (Optimizer as Asgd)?.AverageFrom <= Updates)
        {
            _averages.Start(Updates);
        }
    }

    /// <summary>After a training step.</summary>
    public void EndStep()
    {
        _averages?.EndStep();
        bool arePending = false;
        foreach (OptimizerEntry entry in _entries)
        {
            entry.Deferred?.End();
            arePending |= entry.Deferred is { ArePending: true };
        }

        if (arePending)
        {
            Parameters.LeaveHome(this);
        }
    }

    /// <summary>Makes up for all moves: for whoever reads the model's parameters.</summary>
    public void BringHome()
    {
        foreach (OptimizerEntry entry in _entries)
        {
            entry.Deferred?.Settle(_kernels);
        }
    }

    /// <summary>Velocities change with moves too, and stay when the weights are replaced.</summary>
    public void GiveUp() => BringHome();

    /// <inheritdoc/>
    public override void StartAveraging()
    {
        if (_averages is null)
        {
            base.StartAveraging();
            return;
        }

        _averages.BeginStep();
        _averages.Start(Updates);
    }

    /// <inheritdoc/>
    public override void Settle() => _averages?.Settle();

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
        double clip = Optimizer.ClipNorm;
        gradientNorm /= LengthScale;
        double scale = clip > 0 && gradientNorm > clip ? clip / gradientNorm : 1;
        if (!IsUsable(gradientNorm * scale))
        {
            return false;
        }

        Updates++;
        double mean = AveragingSince is long since ? 1.0 / (Updates - since) : 0;
        for (int i = 0; i < _entries.Length; i++)
        {
            _entries[i].Begin(new UpdateStep(Rate(_numbers[i]) * LengthScale, scale / LengthScale, Decay(_numbers[i]), Updates) { Mean = mean }, Optimizer);
        }

        return true;
    }

    /// <summary>Updates this lane's part of every parameter.</summary>
    public void Apply(Lane lane)
    {
        foreach (OptimizerEntry entry in _entries)
        {
            entry.Apply(lane, Optimizer);
        }
    }

    /// <summary>No number of a gradient is larger than its length, so neither a square (Adam) nor a step from weight to weight is larger than the length allows.</summary>
    private bool IsUsable(double length)
    {
        // False for NaN.
        bool usable = length <= LargestStep;
        for (int i = 0; i < _entries.Length; i++)
        {
            usable = usable && length * Rate(_numbers[i]) * LengthScale <= LargestStep;
        }

        return usable;
    }

    /// <summary>All buffers in PyTorch's layout of their parameters, for a checkpoint.</summary>
    public override List<TensorSource> Tensors()
    {
        if (_averages is not null)
        {
            return _averages.Tensors();
        }

        Parameters.BringHome(); // velocities too have moves to make up for
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
    public override Action Read(SafetensorsFile file, long updates, long? averagingSince)
    {
        var values = new List<(Parameter Moment, float[] Values)>();
        Action? takeAverages = _averages?.Read(file, averagingSince);
        foreach (OptimizerEntry entry in _entries)
        {
            foreach (Parameter moment in _averages is null ? entry.Moments : [])
            {
                values.Add((moment, file.Read(moment.Name, ParameterTensors.Shape(moment))));
            }
        }

        return () =>
        {
            BringHome(); // nothing is left that would move what is read
            Updates = updates;
            takeAverages?.Invoke();
            foreach ((Parameter moment, float[] numbers) in values)
            {
                moment.ReadFrom(numbers);
            }
        };
    }
}
