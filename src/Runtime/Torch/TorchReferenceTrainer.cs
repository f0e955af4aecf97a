using System;
using System.Collections.Generic;
using SdCompiler.Runtime;
using TorchSharp;

namespace SdCompiler.Torch;

/// <summary>
/// The same step in plain TorchSharp: tensor operations and autograd, dense, with dropout as a product with masks that are given. Slow, and meant to be read:
/// to check a compiled trainer's loss and gradients by an independent library, and to train on the CPU where nothing is compiled.
/// </summary>
/// <remarks>Equations F1-F5 of EQUATIONS.md, gates i, f, g, o; autograd takes the place of B1-B5. Every row of a window has all its time steps.</remarks>
public sealed class TorchReferenceTrainer : IDisposable
{
    private readonly TorchModelDescription _model;
    private readonly torch.ScalarType _type;
    private readonly Dictionary<string, torch.Tensor> _parameters = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];
    private readonly List<(torch.Tensor Hidden, torch.Tensor Cell)> _state = [];

    /// <summary>A trainer of a description.</summary>
    /// <param name="model">The model.</param>
    /// <param name="parameters">First values under PyTorch's names, in PyTorch's layout; copied. Others than the description names are not used.</param>
    /// <param name="type">Float32, or Float64 to measure rounding.</param>
    /// <exception cref="ArgumentException">A parameter is missing.</exception>
    public TorchReferenceTrainer(
        TorchModelDescription model, IReadOnlyDictionary<string, torch.Tensor> parameters, torch.ScalarType type = torch.ScalarType.Float32)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(parameters);
        _model = model;
        _type = type;
        Take(parameters, model.EmbeddingWeight);
        foreach (string layer in model.LstmLayers)
        {
            foreach (string kind in (string[])["weight_ih", "weight_hh", "bias_ih"])
            {
                Take(parameters, TorchModelDescription.LstmParameter(layer, kind));
            }
        }

        Take(parameters, model.Output + ".weight");
        Take(parameters, model.Output + ".bias");
    }

    /// <summary>How far a step goes along (minus) the gradient.</summary>
    public double LearningRate { get; set; } = 1;

    /// <summary>The longest gradient (L2 norm over all parameters together) that is used as it is; 0 never clips.</summary>
    public double ClipNorm { get; set; }

    /// <summary>The parameters: leaves of autograd, the trainer's own.</summary>
    public IReadOnlyDictionary<string, torch.Tensor> Parameters => _parameters;

    /// <summary>The L2 norm of the last gradient over all parameters, before clipping.</summary>
    public double GradientNorm { get; private set; }

    /// <summary>A trainer of a compiled model with its present weights and carried state.</summary>
    /// <param name="trainer">A trainer of the model, on any backend.</param>
    /// <param name="type">Float32, or Float64 to measure rounding.</param>
    /// <exception cref="NotSupportedException">The model is no chain of an embedding, LSTM layers and a softmax.</exception>
    public static TorchReferenceTrainer Of(LstmTrainer trainer, torch.ScalarType type = torch.ScalarType.Float32)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        TorchModelDescription model = TorchModelDescription.Of(trainer);
        var values = new Dictionary<string, torch.Tensor>(StringComparer.Ordinal);
        using DisposeScope scope = torch.NewDisposeScope();
        foreach ((string name, torch.Tensor parameter) in new TorchModule(trainer).named_parameters())
        {
            values.Add(name, parameter);
        }

        var reference = new TorchReferenceTrainer(model, values, type);
        if (trainer.CarriesState)
        {
            reference.SetState(trainer.State);
        }

        return reference;
    }

    /// <summary>Takes over a state; without one a window starts where the last one ended, the first at zeros.</summary>
    /// <param name="state">A state of the same layers, with as many rows as the next window.</param>
    public void SetState(LstmState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        ResetState();
        for (int layer = 0; layer < state.LayerCount; layer++)
        {
            int units = state.Hidden(layer, 0).Length;
            var hidden = new float[state.Rows * units];
            var cell = new float[state.Rows * units];
            for (int row = 0; row < state.Rows; row++)
            {
                state.Hidden(layer, row).CopyTo(hidden.AsSpan(row * units));
                state.Cell(layer, row).CopyTo(cell.AsSpan(row * units));
            }

            _state.Add((Own(TensorValues.Create(hidden, [state.Rows, units])), Own(TensorValues.Create(cell, [state.Rows, units]))));
        }
    }

    /// <summary>Lets the next window start at zeros.</summary>
    public void ResetState()
    {
        foreach ((torch.Tensor hidden, torch.Tensor cell) in _state)
        {
            hidden.Dispose();
            cell.Dispose();
        }

        _state.Clear();
    }

    /// <summary>Loss and gradients of a window; the weights stay, the state goes on.</summary>
    /// <param name="inputs">[steps, rows] of Int32 or Int64, time-major.</param>
    /// <param name="targets">The token after each input, of the same shape; the ignore index where there is none.</param>
    /// <param name="masks">The masks of the window; null for none.</param>
    /// <returns>The loss in nats: sum over time, mean over rows.</returns>
    public double Backward(torch.Tensor inputs, torch.Tensor targets, TorchMasks? masks = null)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        using DisposeScope scope = torch.NewDisposeScope();
        foreach (string name in _names)
        {
            _parameters[name].grad = null;
        }

        torch.Tensor loss = Forward(inputs, targets, masks ?? TorchMasks.None);
        loss.backward();
        double squares = 0;
        foreach (string name in _names)
        {
            if (_parameters[name].grad is torch.Tensor gradient)
            {
                squares += (gradient * gradient).sum().to_type(torch.ScalarType.Float64).item<double>();
            }
        }

        GradientNorm = Math.Sqrt(squares);
        return loss.to_type(torch.ScalarType.Float64).item<double>();
    }

    /// <summary>Loss, gradients, and one step of gradient descent with clipping.</summary>
    /// <param name="inputs">[steps, rows] of Int32 or Int64, time-major.</param>
    /// <param name="targets">The token after each input, of the same shape; the ignore index where there is none.</param>
    /// <param name="masks">The masks of the window; null for none.</param>
    /// <returns>The loss in nats before the step: sum over time, mean over rows.</returns>
    public double Step(torch.Tensor inputs, torch.Tensor targets, TorchMasks? masks = null)
    {
        double loss = Backward(inputs, targets, masks);
        double rate = LearningRate * (ClipNorm > 0 && GradientNorm > ClipNorm ? ClipNorm / GradientNorm : 1);
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable quiet = torch.no_grad();
        foreach (string name in _names)
        {
            if (_parameters[name].grad is torch.Tensor gradient)
            {
                _parameters[name].sub_(gradient * rate);
            }
        }

        return loss;
    }

    /// <summary>The gradient of the last window by one parameter, before clipping.</summary>
    /// <param name="parameter">Its name.</param>
    /// <returns>A copy in PyTorch's layout, row-major.</returns>
    /// <exception cref="ArgumentException">There is no such parameter.</exception>
    /// <exception cref="InvalidOperationException">There was no window yet.</exception>
    public float[] Gradient(string parameter)
    {
        if (!_parameters.TryGetValue(parameter, out torch.Tensor? values))
        {
            throw new ArgumentException($"The model has no parameter '{parameter}'.", nameof(parameter));
        }

        using torch.Tensor gradient = values.grad ?? throw new InvalidOperationException("There is no gradient before the first window; call Backward or Step.");
        return TensorValues.Read(gradient);
    }

    /// <summary>Frees the parameters and the state.</summary>
    public void Dispose()
    {
        ResetState();
        foreach (torch.Tensor parameter in _parameters.Values)
        {
            parameter.Dispose();
        }
    }

    private torch.Tensor Forward(torch.Tensor inputs, torch.Tensor targets, TorchMasks masks)
    {
        long steps = inputs.shape[0];
        long rows = inputs.shape[1];
        torch.Tensor tokens = inputs.to_type(torch.ScalarType.Int64);
        torch.Tensor table = _parameters[_model.EmbeddingWeight];
        var hidden = new torch.Tensor[_model.LstmLayers.Count];
        var cell = new torch.Tensor[hidden.Length];
        for (int layer = 0; layer < hidden.Length; layer++)
        {
            (hidden[layer], cell[layer]) = State(layer, rows);
        }

        torch.Tensor? loss = null;
        for (int t = 0; t < steps; t++)
        {
            torch.Tensor x = table.index_select(0, tokens.select(0, t));
            x = Masked(x, masks, _model.Embedding, DropoutSites.Output, t);
            for (int layer = 0; layer < hidden.Length; layer++)
            {
                string name = _model.LstmLayers[layer];
                torch.Tensor read = Masked(x, masks, name, DropoutSites.Input, t);
                torch.Tensor previous = Masked(hidden[layer], masks, name, DropoutSites.Recurrent, t);
                (hidden[layer], cell[layer]) = Cell(name, read, previous, cell[layer]);
                x = Masked(hidden[layer], masks, name, DropoutSites.Output, t);
            }

            x = Masked(x, masks, _model.Output, DropoutSites.Input, t);
            torch.Tensor logits = x.mm(_parameters[_model.Output + ".weight"].t()) + _parameters[_model.Output + ".bias"];
            torch.Tensor one = CrossEntropy(logits, targets.select(0, t));
            loss = loss is null ? one : loss + one;
        }

        ResetState();
        for (int layer = 0; layer < hidden.Length; layer++)
        {
            // Truncated back-propagation: the next window's gradient ends here.
            _state.Add((Own(hidden[layer].detach()), Own(cell[layer].detach())));
        }

        return loss! * (1.0 / rows);
    }

    /// <summary>F1-F4: a = x.Wx^T + h.Wh^T + b; c' = f*c + i*g; h' = o*tanh(c').</summary>
    private (torch.Tensor Hidden, torch.Tensor Cell) Cell(string layer, torch.Tensor x, torch.Tensor h, torch.Tensor c)
    {
        torch.Tensor wx = _parameters[TorchModelDescription.LstmParameter(layer, "weight_ih")];
        torch.Tensor wh = _parameters[TorchModelDescription.LstmParameter(layer, "weight_hh")];
        torch.Tensor bias = _parameters[TorchModelDescription.LstmParameter(layer, "bias_ih")];
        torch.Tensor a = x.mm(wx.t()) + h.mm(wh.t()) + bias;
        long units = wh.shape[1];
        torch.Tensor i = a.narrow(1, 0, units).sigmoid();
        torch.Tensor f = a.narrow(1, units, units).sigmoid();
        torch.Tensor g = a.narrow(1, 2 * units, units).tanh();
        torch.Tensor o = a.narrow(1, 3 * units, units).sigmoid();
        torch.Tensor next = (f * c) + (i * g);
        return (o * next.tanh(), next);
    }

    /// <summary>The sum of -log p(target) over the rows whose target counts.</summary>
    private torch.Tensor CrossEntropy(torch.Tensor logits, torch.Tensor targets)
    {
        int[] classes = Classes(targets);
        var places = new long[classes.Length];
        var counts = new float[classes.Length];
        for (int row = 0; row < classes.Length; row++)
        {
            bool ignored = classes[row] == _model.IgnoreIndex;
            places[row] = ignored ? 0 : classes[row];
            counts[row] = ignored ? 0 : -1;
        }

        torch.Tensor index = torch.tensor(places, [classes.Length, 1], device: torch.CPU);
        torch.Tensor weight = torch.tensor(counts, [classes.Length, 1], device: torch.CPU).to_type(_type);
        return (logits.log_softmax(1).gather(1, index) * weight).sum();
    }

    private static int[] Classes(torch.Tensor targets)
    {
        using var view = new TokenView(targets.unsqueeze(0), nameof(targets));
        return view.Tokens.ToArray();
    }

    private torch.Tensor Masked(torch.Tensor x, TorchMasks masks, string layer, DropoutSites site, int t) =>
        masks.At(layer, site, t) is torch.Tensor multipliers ? x * multipliers.to_type(_type) : x;

    private (torch.Tensor Hidden, torch.Tensor Cell) State(int layer, long rows)
    {
        long units = _parameters[TorchModelDescription.LstmParameter(_model.LstmLayers[layer], "weight_hh")].shape[1];
        if (_state.Count == 0)
        {
            return (torch.zeros(rows, units, _type, torch.CPU), torch.zeros(rows, units, _type, torch.CPU));
        }

        (torch.Tensor hidden, torch.Tensor cell) = _state[layer];
        return hidden.shape[0] >= rows
            ? (hidden.narrow(0, 0, rows), cell.narrow(0, 0, rows))
            : throw new ArgumentException($"The window has {rows} rows and the state {hidden.shape[0]}; reset the state, or give it as many rows.");
    }

    private void Take(IReadOnlyDictionary<string, torch.Tensor> parameters, string name)
    {
        if (!parameters.TryGetValue(name, out torch.Tensor? values))
        {
            throw new ArgumentException($"The parameter '{name}' is missing.", nameof(parameters));
        }

        if (!_parameters.ContainsKey(name))
        {
            using torch.Tensor plain = values.detach();
            torch.Tensor own = plain.to_type(_type, copy: true).requires_grad_().DetachFromDisposeScope();
            _parameters.Add(name, own);
            _names.Add(name);
        }
    }

    /// <summary>A tensor that outlives the scope of the call.</summary>
    private torch.Tensor Own(torch.Tensor tensor) => tensor.to_type(_type).DetachFromDisposeScope();
}
