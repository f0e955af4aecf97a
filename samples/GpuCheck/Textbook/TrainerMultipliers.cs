using System.Collections.Generic;
using SdCompiler.Runtime;
using SdCompiler.Samples.GpuCheck.Models;

namespace SdCompiler.Samples.GpuCheck.Textbook;

/// <summary>The masks of a trainer's last step, as it shows them to everybody.</summary>
internal sealed class TrainerMultipliers : IMultipliers
{
    private readonly MaskSet _masks;
    private readonly int[] _positions;
    private readonly Dictionary<(string Layer, DropoutSites Site), int> _sites = [];

    /// <summary>The masks of one window.</summary>
    /// <param name="masks">The trainer's masks.</param>
    /// <param name="window">The window that it trained on.</param>
    public TrainerMultipliers(MaskSet masks, CheckWindow window)
    {
        _masks = masks;
        _positions = window.Positions();
        for (int i = 0; i < masks.Sites.Length; i++)
        {
            _sites.Add((masks.Sites[i].Layer, masks.Sites[i].Site), i);
        }
    }

    public double Of(string layer, DropoutSites site, int t, int unit, int row) =>
        _sites.TryGetValue((layer, site), out int number) ? _masks.Multiplier(number, t, unit, _positions[row]) : 1;
}
