using System;
using System.Collections.Generic;
using SdCompiler.Runtime;
using TorchSharp;

namespace SdCompiler.Torch;

/// <summary>Reads a state dictionary for a model: everything is checked before anything is given out, and all that is wrong is in one message.</summary>
internal sealed class StateDictReader(ModelParameters parameters, IReadOnlyDictionary<string, torch.Tensor> source)
{
    private readonly HashSet<string> _wanted = new(StringComparer.Ordinal);
    private readonly List<string> _problems = [];

    /// <exception cref="ArgumentException">Something is wrong.</exception>
    public List<(Parameter Parameter, float[] Values)> Read()
    {
        List<(Parameter, float[])> read = [];
        foreach (Parameter parameter in parameters.All)
        {
            if (ReadOne(parameter) is float[] values)
            {
                read.Add((parameter, values));
            }
        }

        foreach (string name in source.Keys)
        {
            if (!_wanted.Contains(name))
            {
                _problems.Add($"'{name}' is no weight of this model");
            }
        }

        if (_problems.Count > 0)
        {
            string model = parameters.Identity.Name.Length == 0 ? "the model" : parameters.Identity.Name;
            throw new ArgumentException($"The state dictionary does not fit {model}: {string.Join("; ", _problems)}. Nothing was changed.", nameof(source));
        }

        return read;
    }

    private float[]? ReadOne(Parameter parameter)
    {
        long[] shape = ParameterTensors.Shape(parameter);
        float[]? values = Find(parameter.Name, shape);
        bool found = source.ContainsKey(parameter.Name);
        foreach (TiedName tie in parameters.Identity.Ties)
        {
            if (tie.Parameter != parameter.Name || !source.ContainsKey(tie.Alias))
            {
                continue;
            }

            found = true;
            float[]? second = Find(tie.Alias, shape);
            if (values is not null && second is not null && !second.AsSpan().SequenceEqual(values))
            {
                _problems.Add($"'{tie.Alias}' and '{parameter.Name}' differ, but the model shares them");
            }

            values ??= second;
        }

        if (!found)
        {
            _problems.Add($"'{parameter.Name}' {TensorValues.Text(shape)} is missing");
        }

        if (ModelFile.SecondBias(parameter) is string bias && Find(bias, shape) is float[] added && values is not null)
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] += added[i];
            }
        }

        return values;
    }

    /// <summary>The numbers of a tensor; null where it is missing or wrong.</summary>
    private float[]? Find(string name, long[] shape)
    {
        _wanted.Add(name);
        if (!source.TryGetValue(name, out torch.Tensor? tensor))
        {
            return null;
        }

        long[] given = tensor.shape;
        if (!given.AsSpan().SequenceEqual(shape))
        {
            _problems.Add($"'{name}' has the shape {TensorValues.Text(given)} and not {TensorValues.Text(shape)}");
            return null;
        }

        if (tensor.dtype is not (torch.ScalarType.Float32 or torch.ScalarType.Float64 or torch.ScalarType.Float16 or torch.ScalarType.BFloat16))
        {
            _problems.Add($"'{name}' has the type {tensor.dtype}, which is no floating type");
            return null;
        }

        return TensorValues.Read(tensor);
    }
}
