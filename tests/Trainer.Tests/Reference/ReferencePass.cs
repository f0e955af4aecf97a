using System.Collections.Generic;
using System.Linq;

namespace SdCompiler.Trainer.Tests.Reference;

/// <summary>What the layers share during one forward and backward pass.</summary>
internal sealed class ReferencePass
{
    public required ReferenceWindow Window { get; init; }

    public required IMultipliers Masks { get; init; }

    /// <summary>Parameters by name, PyTorch's layout.</summary>
    public required IReadOnlyDictionary<string, double[]> Parameters { get; init; }

    /// <summary>Where the window starts from: h and c, [row][unit], by "layer.h_l0" and "layer.c_l0"; absent means zero.</summary>
    public required IReadOnlyDictionary<string, double[][]> State { get; init; }

    /// <summary>Gradients of the loss, as <see cref="Parameters"/>.</summary>
    public required Dictionary<string, double[]> Gradients { get; init; }

    /// <summary>The state of each row after its own last step.</summary>
    public Dictionary<string, double[][]> NextState { get; } = [];

    /// <summary>A pass with zero gradients.</summary>
    public static ReferencePass Start(
        ReferenceWindow window, IMultipliers masks, IReadOnlyDictionary<string, double[]> parameters, IReadOnlyDictionary<string, double[][]>? state) => new()
        {
            Window = window,
            Masks = masks,
            Parameters = parameters,
            State = state ?? new Dictionary<string, double[][]>(),
            Gradients = parameters.ToDictionary(pair => pair.Key, pair => new double[pair.Value.Length]),
        };

    /// <summary>A state by name, zero when the window starts from nothing.</summary>
    public double[][] StateOrZero(string name, int units) =>
        State.TryGetValue(name, out double[][]? state) ? state : Enumerable.Range(0, Window.Rows).Select(_ => new double[units]).ToArray();
}
