using System;
using System.Collections.Generic;
using System.Linq;

namespace SdCompiler.Trainer.Tests.Reference;

/// <summary>
/// An encoder-decoder as its papers write it, one sentence after the other, in double precision; dropout is an explicit multiplication, and gradients come from a tape.
/// It shares no code with the runtime.
/// </summary>
internal sealed class ReferenceTranslator
{
    private readonly ModelSpec _spec;
    private readonly ReferenceWindow _window;
    private readonly IMultipliers _masks;
    private readonly Tape _tape = new();
    private readonly Dictionary<string, Number[]> _parameters;
    private readonly Dictionary<string, Number[][]> _outputs = [];
    private readonly Dictionary<string, Number[]> _lastStates = [];
    private readonly Sequence _logits;
    private Number _objective;
    private int _row;

    public ReferenceTranslator(ModelSpec spec, ReferenceWindow window, IReadOnlyDictionary<string, double[]> parameters, IMultipliers masks)
    {
        (_spec, _window, _masks) = (spec, window, masks);
        _parameters = parameters.ToDictionary(pair => pair.Key, pair => Array.ConvertAll(pair.Value, _tape.Input));
        _logits = new Sequence(window.Steps, window.Rows, spec.Width(spec.Loss));
    }

    /// <summary>The attention weights of each row and step over its source.</summary>
    public Dictionary<(int Row, int Step), double[]> Alignments { get; } = [];

    public ReferenceResult Run()
    {
        Number loss = Sum();
        double[] derivatives = _tape.Derivatives(_objective);
        Dictionary<string, double[]> gradients = _parameters.ToDictionary(pair => pair.Key, pair => Array.ConvertAll(pair.Value, number => derivatives[number.Index]));
        return new ReferenceResult(loss.Value, gradients, new Dictionary<string, double[][]>(), _logits);
    }

    public double Loss() => Sum().Value;

    /// <summary>What training makes small: the loss of smoothed targets, and penalties.</summary>
    public double Objective()
    {
        Sum();
        return _objective.Value;
    }

    private Number Sum()
    {
        Number loss = _tape.Input(0);
        _objective = _tape.Input(0);
        for (_row = 0; _row < _window.Rows; _row++)
        {
            foreach (LayerSpec layer in _spec.Layers)
            {
                switch (layer)
                {
                    case EmbeddingSpec embedding:
                        _outputs[layer.Name] = Steps(layer, t => Embed(embedding, t));
                        break;
                    case LstmSpec lstm:
                        RunLstm(lstm);
                        break;
                    case AttentionSpec attention when !_spec.Layers.OfType<LstmSpec>().Any(lstm => lstm.Feedback == attention.Name):
                        _outputs[layer.Name] = Steps(layer, t => Attend(attention, t));
                        break;
                    case ConcatSpec:
                        _outputs[layer.Name] = Steps(layer, t => _spec.Sources(layer).SelectMany(source => Read(source, t)).ToArray());
                        break;
                    case LinearSpec linear:
                        _outputs[layer.Name] = Steps(layer, t => Linear(linear.Name, Masked(Read(_spec.Sources(linear)[0], t), linear, 0, DropoutSites.Input, t)).Select(a => Function(linear.Activation, a)).ToArray());
                        break;
                    case SoftmaxSpec softmax:
                        loss += CrossEntropy(softmax);
                        break;
                }
            }
        }

        _objective *= 1.0 / _window.Rows;
        return loss * (1.0 / _window.Rows);
    }

    private int Length(LayerSpec layer) => (_spec.IsSource(layer) ? _window.SourceLengths : _window.Lengths)[_row];

    private Number[][] Steps(LayerSpec layer, Func<int, Number[]> step) => Enumerable.Range(0, Length(layer)).Select(step).ToArray();

    private Number[] Embed(EmbeddingSpec embedding, int t)
    {
        Number[] table = _parameters[_spec.TableName(embedding)];
        int token = _window.Tokens[embedding.Name][(t * _window.Rows) + _row];
        return Enumerable.Range(0, embedding.Width).Select(k => table[(token * embedding.Width) + k] * _masks.Word(embedding.Name, token)).ToArray();
    }

    /// <summary>What a layer gives at a step, under its own output dropout.</summary>
    private Number[] Read(LayerSpec layer, int t) => Masked(_outputs[layer.Name][t], layer, layer is LstmSpec lstm ? lstm.Layers - 1 : 0, DropoutSites.Output, t);

    private Number[] Masked(Number[] x, LayerSpec layer, int index, DropoutSites site, int t) =>
        x.Select((number, unit) => number * _masks.Unit(layer.Name, index, site, t, unit, _row)).ToArray();

    private void RunLstm(LstmSpec lstm)
    {
        Number[][] h = Enumerable.Range(0, lstm.Layers).Select(index => Start(lstm, "h", index)).ToArray();
        Number[][] c = Enumerable.Range(0, lstm.Layers).Select(index => Start(lstm, "c", index)).ToArray();
        AttentionSpec? attention = _spec.Layers.OfType<AttentionSpec>().FirstOrDefault(layer => layer.Name == lstm.Feedback);
        List<Number[]> outputs = [];
        List<Number[]> attended = [];
        for (int t = 0; t < Length(lstm); t++)
        {
            Number[] x = Masked(Read(_spec.Sources(lstm)[0], t), lstm, 0, DropoutSites.Input, t);
            if (attention is not null)
            {
                x = [.. x, .. t == 0 ? Enumerable.Repeat(_tape.Input(0), _spec.Width(attention)) : Read(attention, t - 1)];
            }

            for (int index = 0; index < lstm.Layers; index++)
            {
                x = index == 0 ? x : Masked(x, lstm, index, DropoutSites.Input, t);
                Cell(lstm, index, t, x, Masked(h[index], lstm, index, DropoutSites.Recurrent, t), ref h[index], ref c[index]);
                x = h[index];
            }

            outputs.Add(x);
            _outputs[lstm.Name] = outputs.ToArray();
            AddPenalties(lstm, t);
            if (attention is not null)
            {
                attended.Add(Attend(attention, t));
                _outputs[attention.Name] = attended.ToArray();
            }
        }

        for (int index = 0; index < lstm.Layers; index++)
        {
            _lastStates[$"{lstm.Name}.h{index}"] = h[index];
            _lastStates[$"{lstm.Name}.c{index}"] = c[index];
        }
    }

    /// <summary>The mean over units of squares: of what the output dropout leaves, and of what the output has changed by.</summary>
    private void AddPenalties(LstmSpec lstm, int t)
    {
        Number[] h = _outputs[lstm.Name][t];
        if (lstm.ActivationPenalty > 0)
        {
            Number[] dropped = Read(lstm, t);
            _objective += Dot(dropped, dropped) * (lstm.ActivationPenalty / lstm.Units);
        }

        if (lstm.TemporalPenalty > 0 && t > 0)
        {
            Number[] change = h.Zip(_outputs[lstm.Name][t - 1], (now, before) => now - before).ToArray();
            _objective += Dot(change, change) * (lstm.TemporalPenalty / lstm.Units);
        }
    }

    private Number[] Start(LstmSpec lstm, string name, int index) => lstm.InitialState is null
        ? Enumerable.Repeat(_tape.Input(0), lstm.Units).ToArray()
        : _lastStates[$"{lstm.InitialState}.{name}{index}"];

    private void Cell(LstmSpec lstm, int index, int t, Number[] x, Number[] read, ref Number[] h, ref Number[] c)
    {
        Number[] wx = Product(_parameters[$"{lstm.Name}.weight_ih_l{index}"], x);
        Number[] recurrent = _parameters[$"{lstm.Name}.weight_hh_l{index}"];
        Number[] wh = Product(
            lstm.WeightDropout == 0 ? recurrent : recurrent.Select((weight, i) => weight * _masks.Weight(lstm.Name, index, t, i % lstm.Units, i / lstm.Units)).ToArray(), read);
        Number[] bias = _parameters[$"{lstm.Name}.bias_ih_l{index}"];
        Number[] before = c;
        int units = lstm.Units;
        Number A(int n) => wx[n] + wh[n] + bias[n];
        Number[] cell = Enumerable.Range(0, units).Select(u => (A(units + u).Sigmoid() * before[u]) + (A(u).Sigmoid() * A((2 * units) + u).Tanh())).ToArray();
        h = Enumerable.Range(0, units).Select(u => A((3 * units) + u).Sigmoid() * cell[u].Tanh()).ToArray();
        c = cell;
    }

    private Number[] Attend(AttentionSpec attention, int t)
    {
        LayerSpec encoder = _spec.Layers.Single(layer => layer.Name == attention.Encoder);
        Number[] h = Read(_spec.Sources(attention)[0], t);
        Number[][] states = Enumerable.Range(0, Length(encoder)).Select(j => Read(encoder, j)).ToArray();
        Number[] e = states.Select(s => Score(attention, h, s)).ToArray();
        Number[] powers = e.Select(score => score.Exp()).ToArray();
        Number sum = powers.Aggregate((a, b) => a + b);
        Number[] alpha = powers.Select(power => power / sum).ToArray();
        Alignments[(_row, t)] = Array.ConvertAll(alpha, weight => weight.Value);
        Number[] context = Enumerable.Range(0, states[0].Length).Select(k => alpha.Select((weight, j) => weight * states[j][k]).Aggregate((a, b) => a + b)).ToArray();
        return Product(_parameters[attention.Name + ".weight_out"], [.. context, .. h]).Select(y => y.Tanh()).ToArray();
    }

    private Number Score(AttentionSpec attention, Number[] h, Number[] s) => attention.Score switch
    {
        AttentionScore.Dot => Dot(h, s),
        AttentionScore.General => Dot(h, Product(_parameters[attention.Name + ".weight_score"], s)),
        _ => Dot(_parameters[attention.Name + ".vector_score"], Product(_parameters[attention.Name + ".weight_score"], [.. h, .. s]).Select(y => y.Tanh()).ToArray()),
    };

    private Number CrossEntropy(SoftmaxSpec softmax)
    {
        Number loss = _tape.Input(0);
        for (int t = 0; t < _window.Lengths[_row]; t++)
        {
            Number[] y = Linear(softmax.Name, Masked(Read(_spec.Sources(softmax)[0], t), softmax, 0, DropoutSites.Input, t));
            for (int n = 0; n < y.Length; n++)
            {
                _logits[t, _row, n] = y[n].Value;
            }

            int target = _window.TargetTokens[(t * _window.Rows) + _row];
            if (target != softmax.IgnoreIndex)
            {
                Number logSum = y.Select(logit => logit.Exp()).Aggregate((a, b) => a + b).Log();
                loss += logSum - y[target];
                _objective += logSum - (y[target] * (1 - softmax.LabelSmoothing)) - (y.Aggregate((a, b) => a + b) * (softmax.LabelSmoothing / y.Length));
            }
        }

        return loss;
    }

    private Number[] Linear(string name, Number[] x) => Product(_parameters[name + ".weight"], x).Zip(_parameters[name + ".bias"], (y, b) => y + b).ToArray();

    private static Number Function(Activation activation, Number a) => activation switch
    {
        Activation.None => a,
        Activation.Tanh => a.Tanh(),
        Activation.Sigmoid => a.Sigmoid(),
        Activation.Relu => a.Relu(),
        _ => throw new NotSupportedException(activation.ToString()),
    };

    /// <summary>[outputs, inputs] times [inputs].</summary>
    private static Number[] Product(Number[] weights, Number[] x) =>
        Enumerable.Range(0, weights.Length / x.Length).Select(n => Dot(weights.AsSpan(n * x.Length, x.Length), x)).ToArray();

    private static Number Dot(ReadOnlySpan<Number> a, Number[] b)
    {
        Number sum = a[0] * b[0];
        for (int k = 1; k < b.Length; k++)
        {
            sum += a[k] * b[k];
        }

        return sum;
    }
}
