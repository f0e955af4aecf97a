using System.Collections.Immutable;
using SdCompiler.Generator.Passes;

namespace SdCompiler.Generator.Graph;

/// <summary>One operation, for all steps of a window or, where it is part of a chain, step by step.</summary>
/// <param name="Kind">What it computes; says what the entries of the lists are.</param>
/// <param name="Phase">The phase that it belongs to.</param>
/// <param name="Layer">The layer that it belongs to.</param>
/// <param name="Reads">Values read.</param>
/// <param name="Writes">Values written.</param>
/// <param name="Parameters">Parameters used.</param>
internal sealed record Node(
    NodeKind Kind,
    Phase Phase,
    int Layer,
    ImmutableArray<int> Reads,
    ImmutableArray<int> Writes,
    ImmutableArray<int> Parameters)
{
    /// <summary>The dropout site that acts in this node, or -1.</summary>
    public int Site { get; init; } = -1;

    /// <summary>Which of the values written are added to, because another reader's gradient came first.</summary>
    public ImmutableArray<bool> Accumulates { get; init; } = ImmutableArray<bool>.Empty;

    /// <summary>Where each value written by a split begins in what is split, in units; where the reverse direction begins in what a classification reads.</summary>
    public ImmutableArray<int> Starts { get; init; } = ImmutableArray<int>.Empty;

    /// <summary>How a product meets its mask.</summary>
    public ProductForm Form { get; init; }

    /// <summary>How a product walks over panels and steps.</summary>
    public LoopOrder Order { get; init; }

    /// <summary>How a chain is unrolled.</summary>
    public Unrolling Unrolling { get; init; }

    /// <summary>Whether all lanes must meet before this node.</summary>
    public bool BarrierBefore { get; init; }

    /// <summary>The half of the lanes that does it, 0 or 1, beside what the other half does; -1 where all lanes do.</summary>
    public int Half { get; init; } = -1;

    /// <summary>Whether it runs over the window of the source side.</summary>
    public bool OnSource { get; init; }

    /// <summary>The chain of several layers that it is a step of, because what the last of them gives is read by the first at the next step; 0 outside of such chains.</summary>
    public int Chain { get; init; }

    /// <summary>The rows of the matrix that a product reads; null for all.</summary>
    public MatrixPart? Part { get; init; }

    /// <summary>Whether a product reads the step before: at the first step of a window nothing.</summary>
    public bool ReadsPrevious { get; init; }

    /// <summary>Whether the state after each row's last step has a gradient of its own, which <see cref="NodeKind.StateBridgeGradient"/> has left.</summary>
    public bool HasSeed { get; init; }

    /// <summary>Whether the gradient of the state before the window is wanted.</summary>
    public bool GivesStart { get; init; }

    /// <summary>Whether the value written at a position is added to.</summary>
    public bool Accumulate(int position = 0) => position < Accumulates.Length && Accumulates[position];
}
