using System;
using System.Collections.Generic;
using System.Linq;
using SdCompiler.Runtime;
using SdCompiler.Trainer.Tests.Reference;

namespace SdCompiler.Trainer.Tests.Harness;

/// <summary>The multipliers of a trainer's last step, through its public inspection; only the row order (longest first) is the test's own knowledge.</summary>
internal sealed class TrainerMultipliers : IMultipliers
{
    private readonly ModelSpec _spec;
    private readonly MaskSet _masks;
    private readonly int[] _positions;
    private readonly int[] _sourcePositions;
    private readonly bool _dropsWords;
    private readonly int _batchSize;
    private readonly Dictionary<(string Layer, DropoutSites Site), int> _sites = [];

    /// <summary>The multipliers of one window.</summary>
    /// <param name="spec">The model.</param>
    /// <param name="masks">The trainer's masks.</param>
    /// <param name="batchSize">The model's rows, B.</param>
    /// <param name="window">The window that it trained on.</param>
    /// <param name="dropsWords">Whether the variant drops at inputs: whole words are dropped together with them.</param>
    public TrainerMultipliers(ModelSpec spec, MaskSet masks, int batchSize, ReferenceWindow window, bool dropsWords)
    {
        (_spec, _masks, _batchSize, _dropsWords) = (spec, masks, batchSize, dropsWords);
        int[] order = Enumerable.Range(0, window.Rows).OrderByDescending(row => window.Lengths[row]).ToArray();
        _positions = Enumerable.Range(0, window.Rows).Select(row => Array.IndexOf(order, row)).ToArray();
        // The rows of the source are ordered by their own lengths, equal ones as they stand on the target side.
        int[] sources = window.SourceLengths.Count == 0 ? order : order.OrderByDescending(row => window.SourceLengths[row]).ToArray();
        _sourcePositions = Enumerable.Range(0, window.Rows).Select(row => Array.IndexOf(sources, row)).ToArray();
        for (int i = 0; i < masks.Sites.Length; i++)
        {
            _sites.Add((masks.Sites[i].Layer, masks.Sites[i].Site), i);
        }
    }

    public double Unit(string layer, int index, DropoutSites site, int t, int unit, int row)
    {
        string[] parts = layer.Split('/');
        LayerSpec spec = _spec.Layers.Single(item => item.Name == parts[0]);
        string direction = parts.Length > 1 ? ".reverse" : site == DropoutSites.Output && spec is LstmSpec { Direction: Direction.Both } ? ".joined" : "";
        string name = spec is LstmSpec ? $"{parts[0]}.{index}{direction}" : layer;
        if (!_sites.TryGetValue((name, site), out int number))
        {
            return 1;
        }

        if (_masks.Sites[number].Characters > 0)
        {
            // The sample is a word, by its step and row.
            return _masks.Multiplier(number, t, unit, ((row / _positions.Length) * _batchSize) + _positions[row % _positions.Length]);
        }

        // Each expert of a mixture has a row of its own in the masks.
        MaskSite place = _masks.Sites[number];
        if (site == DropoutSites.Latent)
        {
            return _masks.Multiplier(number, t, unit % place.Units, (_positions[row] * place.RowsEach) + (unit / place.Units));
        }

        // A classification reads one vector for each row, so it has one draw.
        return _masks.Multiplier(number, spec is ClassificationSpec ? 0 : t, unit, (_spec.IsSource(spec) ? _sourcePositions : _positions)[row]);
    }

    public double Weight(string layer, int index, int t, int unit, int output)
    {
        string[] parts = layer.Split('/');
        string name = $"{parts[0]}.{index}{(parts.Length > 1 ? ".reverse" : string.Empty)}";
        return _sites.TryGetValue((name, DropoutSites.Weight), out int number) ? _masks.WeightMultiplier(number, t, unit, output) : 1;
    }

    public double Word(string layer, int token)
    {
        EmbeddingSpec spec = _spec.Layers.OfType<EmbeddingSpec>().Single(item => item.Name == layer);
        if (spec.WordDropout == 0 || !_dropsWords)
        {
            return 1;
        }

        int site = _spec.Layers.ToList().FindIndex(item => item.Name == layer);
        return MaskSampler.DropsWord(_masks.Seed, site, _masks.Step, token, spec.WordDropout) ? 0 : 1 / (1 - spec.WordDropout);
    }
}
