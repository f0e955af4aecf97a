using System;
using System.Collections.Generic;
using SdCompiler.Runtime;
using TorchSharp;

namespace SdCompiler.Torch;

/// <summary>The dropout masks of one window as tensors of multipliers: 0 where a unit is dropped, the inverse-keep scale where it is kept.</summary>
public sealed class TorchMasks : IDisposable
{
    private readonly Func<string, DropoutSites, int, torch.Tensor?> _multipliers;
    private readonly List<torch.Tensor> _own = [];

    /// <summary>Masks from anywhere.</summary>
    /// <param name="multipliers">
    /// For a layer (<c>Memory.0</c> for an LSTM, the member's name for others), a site and a time step: floats [1, units] or [rows, units], or null where nothing is dropped.
    /// Who asks does not dispose them, and neither does this object.
    /// </param>
    public TorchMasks(Func<string, DropoutSites, int, torch.Tensor?> multipliers)
    {
        ArgumentNullException.ThrowIfNull(multipliers);
        _multipliers = multipliers;
    }

    /// <summary>No dropout: evaluation.</summary>
    public static TorchMasks None { get; } = new((_, _, _) => null);

    /// <summary>The masks of a compiled trainer's last step, copied, so that a later step does not change them.</summary>
    /// <param name="trainer">The trainer; every row of that step had all its time steps.</param>
    /// <param name="steps">Time steps of that step.</param>
    /// <param name="rows">Its rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">Nothing was drawn yet, or for fewer steps or rows.</exception>
    public static TorchMasks Of(LstmTrainer trainer, int steps, int rows)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        return Of(trainer.Masks, steps, rows);
    }

    /// <summary>The masks of a set as it was last drawn, copied.</summary>
    /// <param name="masks">The set.</param>
    /// <param name="steps">Time steps that were drawn.</param>
    /// <param name="rows">Rows that were drawn.</param>
    /// <exception cref="ArgumentOutOfRangeException">Nothing was drawn yet, or for fewer steps or rows.</exception>
    public static TorchMasks Of(MaskSet masks, int steps, int rows)
    {
        ArgumentNullException.ThrowIfNull(masks);
        var tensors = new Dictionary<(string, DropoutSites), torch.Tensor[]>();
        for (int i = 0; i < masks.Sites.Length; i++)
        {
            MaskSite site = masks.Sites[i];
            if (!site.Drops)
            {
                continue;
            }

            var drawn = new torch.Tensor[site.IsFixed ? 1 : steps];
            for (int t = 0; t < drawn.Length; t++)
            {
                drawn[t] = Tensor(masks, i, t, site.IsStructured ? 1 : rows).DetachFromDisposeScope();
            }

            tensors.Add((site.Layer, site.Site), drawn);
        }

        var copied = new TorchMasks((layer, site, t) => tensors.TryGetValue((layer, site), out torch.Tensor[]? drawn) ? drawn[drawn.Length == 1 ? 0 : t] : null);
        foreach (torch.Tensor[] drawn in tensors.Values)
        {
            copied._own.AddRange(drawn);
        }

        return copied;
    }

    /// <summary>Frees the masks that were copied.</summary>
    public void Dispose()
    {
        _own.ForEach(tensor => tensor.Dispose());
        _own.Clear();
    }

    internal torch.Tensor? At(string layer, DropoutSites site, int t) => _multipliers(layer, site, t);

    private static torch.Tensor Tensor(MaskSet masks, int site, int t, int rows)
    {
        int units = masks.Sites[site].Units;
        var values = new float[rows * units];
        for (int row = 0; row < rows; row++)
        {
            for (int unit = 0; unit < units; unit++)
            {
                values[(row * units) + unit] = masks.Multiplier(site, t, unit, row);
            }
        }

        return TensorValues.Create(values, [rows, units]);
    }
}
