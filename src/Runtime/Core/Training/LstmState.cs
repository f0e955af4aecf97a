using System;
using System.Collections.Generic;
using SdCompiler.Runtime;

namespace SdCompiler;

/// <summary>
/// The hidden and cell state of every LSTM layer of a model for a number of rows: what goes from one window to the next.
/// It is explicit, so that many threads may use one predictor, each with its own state. A state itself is for one thread at a time.
/// </summary>
public sealed class LstmState
{
    private readonly StateLayer[] _layers;
    private readonly float[][] _hidden;
    private readonly float[][] _cell;

    internal LstmState(StateLayer[] layers, int rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        _layers = layers;
        Rows = rows;
        _hidden = new float[layers.Length][];
        _cell = new float[layers.Length][];
        for (int i = 0; i < layers.Length; i++)
        {
            _hidden[i] = new float[checked(rows * layers[i].Units)];
            _cell[i] = new float[checked(rows * layers[i].Units)];
        }
    }

    /// <summary>Rows (sequences) that this state is for.</summary>
    public int Rows { get; }

    /// <summary>How many LSTM layers it has; a stack of n counts n.</summary>
    public int LayerCount => _layers.Length;

    /// <summary>The names of its layers, such as <c>Lower.0</c>.</summary>
    public IReadOnlyList<string> LayerNames => Array.ConvertAll(_layers, layer => layer.Name);

    /// <summary>The hidden state of one layer and row.</summary>
    /// <param name="layer">The layer, from 0 to <see cref="LayerCount"/> - 1.</param>
    /// <param name="row">The row, from 0 to <see cref="Rows"/> - 1.</param>
    /// <returns>[units]; writing into it changes the state.</returns>
    public Span<float> Hidden(int layer, int row) => Row(_hidden, layer, row);

    /// <summary>The cell state of one layer and row.</summary>
    /// <param name="layer">The layer, from 0 to <see cref="LayerCount"/> - 1.</param>
    /// <param name="row">The row, from 0 to <see cref="Rows"/> - 1.</param>
    /// <returns>[units]; writing into it changes the state.</returns>
    public Span<float> Cell(int layer, int row) => Row(_cell, layer, row);

    /// <summary>Sets every row to zero: the start of a text.</summary>
    public void Reset()
    {
        for (int i = 0; i < _layers.Length; i++)
        {
            Array.Clear(_hidden[i]);
            Array.Clear(_cell[i]);
        }
    }

    /// <summary>Sets one row to zero, where a new sequence begins in it.</summary>
    /// <param name="row">The row.</param>
    public void Reset(int row)
    {
        for (int i = 0; i < _layers.Length; i++)
        {
            Hidden(i, row).Clear();
            Cell(i, row).Clear();
        }
    }

    /// <summary>Takes over all rows of another state.</summary>
    /// <param name="other">A state of the same model with as many rows.</param>
    /// <exception cref="ArgumentException">The other state has other layers or another number of rows.</exception>
    public void CopyFrom(LstmState other)
    {
        ArgumentNullException.ThrowIfNull(other);
        CheckLayers(other._layers);
        if (other.Rows != Rows)
        {
            throw new ArgumentException($"This state has {Rows} rows and the other has {other.Rows}; copy row by row, or create one with as many rows.", nameof(other));
        }

        for (int i = 0; i < _layers.Length; i++)
        {
            other._hidden[i].CopyTo(_hidden[i], 0);
            other._cell[i].CopyTo(_cell[i], 0);
        }
    }

    /// <summary>Takes over one row of another state, for example to go on from one prefix in several ways.</summary>
    /// <param name="row">The row to overwrite.</param>
    /// <param name="other">A state of the same model.</param>
    /// <param name="otherRow">The row to read.</param>
    /// <exception cref="ArgumentException">The other state has other layers.</exception>
    public void CopyRowFrom(int row, LstmState other, int otherRow)
    {
        ArgumentNullException.ThrowIfNull(other);
        CheckLayers(other._layers);
        for (int i = 0; i < _layers.Length; i++)
        {
            other.Hidden(i, otherRow).CopyTo(Hidden(i, row));
            other.Cell(i, otherRow).CopyTo(Cell(i, row));
        }
    }

    /// <summary>A state of its own with the same values.</summary>
    public LstmState Clone()
    {
        var copy = new LstmState(_layers, Rows);
        copy.CopyFrom(this);
        return copy;
    }

    /// <summary>Writes the state to a safetensors file: <c>{layer}.h</c> and <c>{layer}.c</c>, each [rows, units].</summary>
    /// <param name="path">The file; replaced in one step when it exists.</param>
    /// <exception cref="CheckpointException">The file cannot be written.</exception>
    public void Save(string path) => SafetensorsFile.WriteReplacing(path, Tensors(string.Empty), new Dictionary<string, string> { ["format"] = "sdcompiler-state" });

    /// <summary>Reads a state that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CheckpointException">The file is missing or damaged, or is for other layers or another number of rows.</exception>
    public void Load(string path)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        Read(file, string.Empty)();
    }

    internal List<TensorSource> Tensors(string prefix)
    {
        var tensors = new List<TensorSource>();
        for (int i = 0; i < _layers.Length; i++)
        {
            float[] hidden = _hidden[i];
            float[] cell = _cell[i];
            long[] shape = [Rows, _layers[i].Units];
            tensors.Add(new TensorSource($"{prefix}{_layers[i].Name}.h", shape, span => hidden.CopyTo(span)));
            tensors.Add(new TensorSource($"{prefix}{_layers[i].Name}.c", shape, span => cell.CopyTo(span)));
        }

        return tensors;
    }

    /// <summary>Reads a state without changing anything; the result takes it over.</summary>
    internal Action Read(SafetensorsFile file, string prefix)
    {
        var hidden = new float[_layers.Length][];
        var cell = new float[_layers.Length][];
        for (int i = 0; i < _layers.Length; i++)
        {
            hidden[i] = file.Read($"{prefix}{_layers[i].Name}.h", Rows, _layers[i].Units);
            cell[i] = file.Read($"{prefix}{_layers[i].Name}.c", Rows, _layers[i].Units);
        }

        return () =>
        {
            for (int i = 0; i < _layers.Length; i++)
            {
                hidden[i].CopyTo(_hidden[i], 0);
                cell[i].CopyTo(_cell[i], 0);
            }
        };
    }

    internal void CheckLayers(ReadOnlySpan<StateLayer> layers)
    {
        bool same = layers.Length == _layers.Length;
        for (int i = 0; same && i < layers.Length; i++)
        {
            same = layers[i].Name == _layers[i].Name && layers[i].Units == _layers[i].Units;
        }

        if (!same)
        {
            throw new ArgumentException("The state belongs to a model with other layers; create it with CreateState of this trainer or predictor.");
        }
    }

    private Span<float> Row(float[][] values, int layer, int row)
    {
        if ((uint)layer >= (uint)_layers.Length)
        {
            throw new ArgumentOutOfRangeException(nameof(layer), layer, $"The state has {_layers.Length} layers.");
        }

        if ((uint)row >= (uint)Rows)
        {
            throw new ArgumentOutOfRangeException(nameof(row), row, $"The state has {Rows} rows.");
        }

        int units = _layers[layer].Units;
        return values[layer].AsSpan(row * units, units);
    }
}
