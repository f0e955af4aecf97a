using System;
using System.Collections.Generic;
using System.Linq;

namespace SdCompiler.Trainer.Tests.Reference;

/// <summary>
/// A dense LSTM model in double precision whose dropout is an explicit multiplication: the measure of every emitted trainer.
/// It shares no code with the runtime.
/// </summary>
internal sealed class ReferenceModel(ModelSpec spec)
{
    /// <summary>Runs one window forward and backward.</summary>
    /// <param name="window">The data.</param>
    /// <param name="parameters">Values by name, PyTorch's layout.</param>
    /// <param name="masks">The multipliers of the window.</param>
    /// <param name="state">The state to start from; none means zero. No gradient flows into it (truncated back-propagation).</param>
    public ReferenceResult Run(
        ReferenceWindow window, IReadOnlyDictionary<string, double[]> parameters, IMultipliers masks, IReadOnlyDictionary<string, double[][]>? state = null)
    {
        if (spec.HasSource)
        {
            return new ReferenceTranslator(spec, window, parameters, masks).Run(); // each row is a sentence of its own: no state goes on
        }

        ReferencePass pass = ReferencePass.Start(window, masks, parameters, state);
        Dictionary<LayerSpec, List<ReferenceLayer>> layers = spec.Layers.ToDictionary(layer => layer, Create);
        Dictionary<LayerSpec, Sequence> outputs = Forward(layers, pass);
        (double loss, Sequence dy) = LossOf(pass).Evaluate(outputs[spec.Loss], window);
        Dictionary<LayerSpec, Sequence> gradients = outputs.ToDictionary(pair => pair.Key, pair => pair.Value.Like(pair.Value.Units));
        gradients[spec.Loss] = dy;
        foreach (LayerSpec layer in spec.Layers.Reverse())
        {
            Sequence dx = gradients[layer];
            if (layer is LstmSpec lstm)
            {
                ReferencePenalty.Add(lstm, outputs[layer], pass, dx);
            }

            for (int index = layers[layer].Count - 1; index >= 0; index--)
            {
                dx = layers[layer][index].Backward(dx, pass);
                dx = layers[layer][index].MasksInput ? dx : Masked(dx, layer.Name, index, DropoutSites.Input, pass);
            }

            Split(layer, dx, gradients, pass);
        }

        return new ReferenceResult(loss, pass.Gradients, pass.NextState, outputs[spec.Loss]);
    }

    /// <summary>The loss alone: the forward part of <see cref="Run"/>.</summary>
    public double Loss(
        ReferenceWindow window, IReadOnlyDictionary<string, double[]> parameters, IMultipliers masks, IReadOnlyDictionary<string, double[][]>? state = null)
    {
        if (spec.HasSource)
        {
            return new ReferenceTranslator(spec, window, parameters, masks).Loss();
        }

        ReferencePass pass = ReferencePass.Start(window, masks, parameters, state);
        return LossOf(pass).Evaluate(Forward(spec.Layers.ToDictionary(layer => layer, Create), pass)[spec.Loss], window).Loss;
    }

    /// <summary>What training makes small: the loss, with penalties and smoothed targets. The forward part of <see cref="Run"/>.</summary>
    public double Objective(
        ReferenceWindow window, IReadOnlyDictionary<string, double[]> parameters, IMultipliers masks, IReadOnlyDictionary<string, double[][]>? state = null)
    {
        if (spec.HasSource)
        {
            return new ReferenceTranslator(spec, window, parameters, masks).Objective();
        }

        ReferencePass pass = ReferencePass.Start(window, masks, parameters, state);
        Dictionary<LayerSpec, Sequence> outputs = Forward(spec.Layers.ToDictionary(layer => layer, Create), pass);
        return LossOf(pass).Objective(outputs[spec.Loss], window) + spec.Layers.OfType<LstmSpec>().Sum(lstm => ReferencePenalty.Add(lstm, outputs[lstm], pass, null));
    }

    private Dictionary<LayerSpec, Sequence> Forward(Dictionary<LayerSpec, List<ReferenceLayer>> layers, ReferencePass pass)
    {
        Dictionary<LayerSpec, Sequence> outputs = [];
        foreach (LayerSpec layer in spec.Layers)
        {
            Sequence x = Join(layer, outputs, pass);
            for (int index = 0; index < layers[layer].Count; index++)
            {
                x = layers[layer][index].MasksInput ? x : Masked(x, layer.Name, index, DropoutSites.Input, pass);
                x = layers[layer][index].Forward(x, pass);
            }

            outputs[layer] = x;
        }

        return outputs;
    }

    private List<ReferenceLayer> Create(LayerSpec layer) => layer switch
    {
        EmbeddingSpec embedding => [new ReferenceEmbedding(embedding, spec.TableName(embedding))],
        SeriesSpec series => [new ReferenceSeries(series)],
        LstmSpec { Direction: Direction.Both } both => Enumerable.Range(0, both.Layers).Select(index => (ReferenceLayer)new ReferenceBothDirections(both.Name, index, both.Units)).ToList(),
        LstmSpec lstm => Enumerable.Range(0, lstm.Layers).Select(index => (ReferenceLayer)new ReferenceLstm(lstm.Name, index, lstm.Units)).ToList(),
        MixtureSpec mixture => [new ReferenceMixture(mixture, spec.ContextWidth(mixture))],
        CharacterCnnSpec characters => [new ReferenceCharacterCnn(characters)],
        CharacterLstmSpec characters => [new ReferenceCharacterLstm(characters)],
        ConcatSpec => [],
        LinearSpec linear => [new ReferenceLinear(linear.Name, linear.Units, linear.Activation)],
        SoftmaxSpec or ClassificationSpec or RegressionSpec or CrfSpec => [new ReferenceLinear(layer.Name, spec.Width(layer), Activation.None)],
        _ => throw new NotSupportedException(layer.GetType().Name),
    };

    private ReferenceLoss LossOf(ReferencePass pass) => spec.Loss switch
    {
        SoftmaxSpec softmax => new ReferenceCrossEntropy(softmax.IgnoreIndex, lastStepOnly: false, softmax.LabelSmoothing),
        ClassificationSpec classification => new ReferenceCrossEntropy(classification.IgnoreIndex, lastStepOnly: true),
        MixtureSpec mixture => new ReferenceCrossEntropy(mixture.IgnoreIndex, lastStepOnly: false), // of log-probabilities: their exponentials add up to 1
        RegressionSpec => new ReferenceSquaredError(),
        CrfSpec => new ReferenceCrf(spec.Loss.Name, pass),
        _ => throw new NotSupportedException(spec.Loss.GetType().Name),
    };

    /// <summary>The outputs of a layer's sources side by side, each under its own output mask.</summary>
    private Sequence Join(LayerSpec layer, Dictionary<LayerSpec, Sequence> outputs, ReferencePass pass)
    {
        Sequence x = new(pass.Window.Steps, pass.Window.Rows, spec.InputWidth(layer));
        int at = 0;
        foreach (LayerSpec source in spec.Sources(layer))
        {
            Sequence y = Masked(outputs[source], source.Name, LastIndex(source), DropoutSites.Output, pass);
            Add(y, 0, x, at, y.Units);
            at += y.Units;
        }

        if (ReverseUnits(layer) is int units)
        {
            MoveEnds(x, units, pass.Window, toLast: true);
        }

        return x;
    }

    /// <summary>The backward of <see cref="Join"/>: adds each source's part, under its mask, to the source's gradient.</summary>
    private void Split(LayerSpec layer, Sequence dx, Dictionary<LayerSpec, Sequence> gradients, ReferencePass pass)
    {
        int at = 0;
        foreach (LayerSpec source in spec.Sources(layer))
        {
            Sequence part = dx.Like(spec.Width(source));
            Add(dx, at, part, 0, part.Units);
            if (ReverseUnits(layer) is int units)
            {
                MoveEnds(part, units, pass.Window, toLast: false);
            }

            Add(Masked(part, source.Name, LastIndex(source), DropoutSites.Output, pass), 0, gradients[source], 0, part.Units);
            at += part.Units;
        }
    }

    /// <summary>Where a classification reads an LSTM of both directions: the units of the reverse one, whose end is step 0.</summary>
    private int? ReverseUnits(LayerSpec layer) =>
        layer is ClassificationSpec && spec.Sources(layer)[0] is LstmSpec { Direction: Direction.Both } lstm ? lstm.Units : null;

    /// <summary>Moves the last units of each row from step 0 to its last step, or back.</summary>
    private static void MoveEnds(Sequence x, int units, ReferenceWindow window, bool toLast)
    {
        for (int row = 0; row < x.Rows; row++)
        {
            int last = window.Lengths[row] - 1;
            for (int unit = x.Units - units; unit < x.Units && last > 0; unit++)
            {
                (int from, int to) = toLast ? (0, last) : (last, 0);
                x[to, row, unit] = x[from, row, unit];
                x[from, row, unit] = 0;
            }
        }
    }

    /// <summary>The layer of a stack whose output the next member reads.</summary>
    private static int LastIndex(LayerSpec layer) => layer is LstmSpec lstm ? lstm.Layers - 1 : 0;

    /// <summary>A sequence times the multipliers of one site.</summary>
    internal static Sequence Masked(Sequence x, string layer, int index, DropoutSites site, ReferencePass pass)
    {
        Sequence y = x.Like(x.Units);
        for (int t = 0; t < x.Steps; t++)
        {
            for (int row = 0; row < x.Rows; row++)
            {
                for (int unit = 0; unit < x.Units; unit++)
                {
                    y[t, row, unit] = pass.Masks.Unit(layer, index, site, t, unit, row) * x[t, row, unit];
                }
            }
        }

        return y;
    }

    /// <summary>Adds a range of units of one sequence to a range of another.</summary>
    internal static void Add(Sequence from, int fromUnit, Sequence to, int toUnit, int units)
    {
        for (int t = 0; t < from.Steps; t++)
        {
            for (int row = 0; row < from.Rows; row++)
            {
                for (int unit = 0; unit < units; unit++)
                {
                    to[t, row, toUnit + unit] += from[t, row, fromUnit + unit];
                }
            }
        }
    }
}
