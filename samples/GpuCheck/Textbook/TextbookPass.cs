using System.Collections.Generic;
using System.Linq;
using SdCompiler.Samples.GpuCheck.Models;

namespace SdCompiler.Samples.GpuCheck.Textbook;

/// <summary>One run over a window: what the layers share. A sequence is one array of units for each cell t * rows + row.</summary>
/// <param name="Window">The data.</param>
/// <param name="Masks">The multipliers.</param>
/// <param name="Values">Every parameter, PyTorch's names and layout.</param>
/// <param name="State">The states before the window, [rows][units], under names such as <c>Memory.0.h</c>; none means zeros.</param>
internal sealed record TextbookPass(
    CheckWindow Window, IMultipliers Masks, IReadOnlyDictionary<string, double[]> Values, IReadOnlyDictionary<string, double[][]> State)
{
    /// <summary>The gradient of every parameter.</summary>
    public Dictionary<string, double[]> Gradients { get; } = Values.ToDictionary(pair => pair.Key, pair => new double[pair.Value.Length]);

    /// <summary>The states after each row's own last step.</summary>
    public Dictionary<string, double[][]> NextState { get; } = [];

    /// <summary>Whether a row has a step t.</summary>
    public bool Runs(int t, int row) => t < Window.Lengths[row];

    /// <summary>A sequence of zeros.</summary>
    public double[][] Zeros(int units) => [.. Enumerable.Range(0, Window.Steps * Window.Rows).Select(_ => new double[units])];

    /// <summary>A sequence times the multipliers of a site; its own gradient goes the same way.</summary>
    public double[][] Masked(double[][] x, string layer, DropoutSites site)
    {
        double[][] y = Zeros(x[0].Length);
        for (int cell = 0; cell < x.Length; cell++)
        {
            (int t, int row) = (cell / Window.Rows, cell % Window.Rows);
            for (int unit = 0; unit < x[cell].Length && Runs(t, row); unit++)
            {
                y[cell][unit] = x[cell][unit] * Masks.Of(layer, site, t, unit, row);
            }
        }

        return y;
    }

    /// <summary>The states of a layer before the window.</summary>
    public double[][] Before(string name, int units) =>
        State.TryGetValue(name, out double[][]? state) ? state : [.. Enumerable.Range(0, Window.Rows).Select(_ => new double[units])];
}
