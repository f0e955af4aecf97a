using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace SdCompiler.Runtime;

/// <summary>
/// The weights of a model in one safetensors file, with PyTorch's names, layout and gate order: each LSTM layer loads into a
/// <c>torch.nn.LSTM</c>. Our one bias is <c>bias_ih</c> and <c>bias_hh</c> is zeros; files from elsewhere may use both, which are added.
/// </summary>
public sealed class ModelFile : IDisposable
{
    private const string SeedKey = "seed";
    private const string ModelKey = "model";
    private const string DimensionPrefix = "dimension.";

    private readonly SafetensorsFile _file;

    private ModelFile(SafetensorsFile file) => _file = file;

    /// <summary>The seed of the model that was saved; 0 in a file from elsewhere.</summary>
    public long Seed => _file.Metadata.TryGetValue(SeedKey, out string? text) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long seed) ? seed : 0;

    /// <summary>Writes all weights; a file of that name is replaced in one step, or stays as it is.</summary>
    /// <param name="path">The file.</param>
    /// <param name="parameters">The weights.</param>
    /// <exception cref="CheckpointException">The file cannot be written.</exception>
    public static void Save(string path, ModelParameters parameters)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(parameters);
        SafetensorsFile.WriteReplacing(path, Tensors(parameters), Metadata(parameters));
    }

    /// <summary>Opens a weight file, or the newest weights of a checkpoint folder.</summary>
    /// <param name="path">The file or the folder.</param>
    /// <param name="model">The model's class name; a file of another model is refused.</param>
    /// <exception cref="CheckpointException">It is missing, damaged, or of another model.</exception>
    public static ModelFile Open(string path, string model)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(model);
        if (!Path.Exists(path))
        {
            throw new CheckpointException($"There is no file or folder '{path}'; check the path.");
        }

        string file = Directory.Exists(path) ? CheckpointReader.Open(path).WeightsPath : path;
        SafetensorsFile opened = SafetensorsFile.Open(file);
        if (model.Length > 0 && opened.Metadata.TryGetValue(ModelKey, out string? saved) && saved != model)
        {
            opened.Dispose();
            throw new CheckpointException($"'{path}' holds a {saved} and not a {model}; load it into a {saved}.");
        }

        return new ModelFile(opened);
    }

    /// <summary>Reads a weight file, or the newest weights of a checkpoint folder, into a model; nothing changes when it cannot be read.</summary>
    /// <param name="path">The file or the folder.</param>
    /// <param name="parameters">The weights to set.</param>
    /// <exception cref="CheckpointException">It is missing, damaged, or of another model or other sizes.</exception>
    public static void Load(string path, ModelParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        using ModelFile file = Open(path, parameters.Identity.Name);
        file.ReadInto(parameters);
    }

    /// <summary>A size that the saved model's constructor was given.</summary>
    /// <param name="name">The dimension's name.</param>
    /// <exception cref="CheckpointException">The file does not say (files from elsewhere do not), or its tensors contradict it.</exception>
    public int Dimension(string name)
    {
        if (_file.Metadata.TryGetValue(DimensionPrefix + name, out string? text)
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value)
            && value > 0)
        {
            // Parameters are made from this number before their shapes can be compared: a damaged one must not ask for all the memory there is.
            foreach (TensorEntry tensor in _file.Tensors)
            {
                if (Array.IndexOf(tensor.Shape, (long)value) >= 0)
                {
                    return value;
                }
            }

            throw new CheckpointException($"'{_file.Path}' says that {name} is {text}, but no tensor in it has that size: the file is damaged; load another copy.");
        }

        throw new CheckpointException($"'{_file.Path}' does not say the model's {name}; create the model with its sizes and load the weights into it.");
    }

    /// <summary>Sets all weights of a model; nothing changes when one of them is missing or has another shape.</summary>
    /// <param name="parameters">The weights to set.</param>
    /// <exception cref="CheckpointException">A tensor is missing, left over, or of another shape.</exception>
    public void ReadInto(ModelParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Read(parameters)();
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    internal static List<TensorSource> Tensors(ModelParameters parameters)
    {
        var tensors = new List<TensorSource>();
        foreach (Parameter parameter in parameters.All)
        {
            tensors.Add(ParameterTensors.Source(parameter));
            if (SecondBias(parameter) is string second)
            {
                tensors.Add(new TensorSource(second, ParameterTensors.Shape(parameter), values => values.Clear()));
            }
        }

        foreach (TiedName tie in parameters.Identity.Ties)
        {
            tensors.Add(ParameterTensors.Source(tie.Alias, parameters[tie.Parameter]));
        }

        return tensors;
    }

    internal static Dictionary<string, string> Metadata(ModelParameters parameters)
    {
        // "pt" is what Python's loaders look for: tensors are in PyTorch's layout.
        var metadata = new Dictionary<string, string>
        {
            ["format"] = "pt",
            [ModelKey] = parameters.Identity.Name,
            [SeedKey] = parameters.Seed.ToString(CultureInfo.InvariantCulture),
            ["shape_hash"] = parameters.ShapeHash,
        };
        foreach (ModelDimension dimension in parameters.Identity.Dimensions)
        {
            metadata[DimensionPrefix + dimension.Name] = dimension.Value.ToString(CultureInfo.InvariantCulture);
        }

        return metadata;
    }

    /// <summary>Reads and checks all weights; the result puts them into the model.</summary>
    internal Action Read(ModelParameters parameters)
    {
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        var values = new List<(Parameter Parameter, float[] Values)>();
        foreach (Parameter parameter in parameters.All)
        {
            values.Add((parameter, ReadOne(parameters, parameter, wanted)));
        }

        foreach (TensorEntry tensor in _file.Tensors)
        {
            if (!wanted.Contains(tensor.Name))
            {
                throw new CheckpointException($"'{_file.Path}' has a tensor '{tensor.Name}' that this model lacks; load it into the model that it was saved from.");
            }
        }

        return () =>
        {
            parameters.Overwrite();
            foreach ((Parameter parameter, float[] numbers) in values)
            {
                parameter.ReadFrom(numbers);
            }
        };
    }

    private float[] ReadOne(ModelParameters parameters, Parameter parameter, HashSet<string> wanted)
    {
        long[] shape = ParameterTensors.Shape(parameter);
        wanted.Add(parameter.Name);
        float[]? numbers = null;
        foreach (TiedName tie in parameters.Identity.Ties)
        {
            if (tie.Parameter != parameter.Name || !_file.Contains(tie.Alias))
            {
                continue;
            }

            wanted.Add(tie.Alias);
            numbers ??= _file.Contains(parameter.Name) ? _file.Read(parameter.Name, shape) : _file.Read(tie.Alias, shape);
            if (!_file.Read(tie.Alias, shape).AsSpan().SequenceEqual(numbers))
            {
                throw new CheckpointException($"'{_file.Path}' has different values for '{tie.Alias}' and '{parameter.Name}', which this model shares; load it into a model that does not tie them.");
            }
        }

        numbers ??= _file.Read(parameter.Name, shape);
        if (SecondBias(parameter) is string second && _file.Contains(second))
        {
            wanted.Add(second);
            float[] added = _file.Read(second, shape);
            for (int i = 0; i < numbers.Length; i++)
            {
                numbers[i] += added[i];
            }
        }

        return numbers;
    }

    /// <summary>The name of the bias that PyTorch keeps beside an LSTM's first one; null for other parameters.</summary>
    internal static string? SecondBias(Parameter parameter) =>
        parameter is VectorParameter { Order: ColumnOrder.Gates } && parameter.Name.Contains(".bias_ih", StringComparison.Ordinal)
            ? parameter.Name.Replace(".bias_ih", ".bias_hh", StringComparison.Ordinal)
            : null;
}
