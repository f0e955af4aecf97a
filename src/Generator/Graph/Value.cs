using SdCompiler.Generator.Model;

namespace SdCompiler.Generator.Graph;

/// <summary>A buffer of the workspace; nodes name it by its position in the graph's list.</summary>
/// <param name="Name">The constant of its offset in the emitted file.</param>
/// <param name="Layout">How one slot lies in memory.</param>
/// <param name="Extent">How many slots it has.</param>
/// <param name="Width">Units or columns, padding not counted; 0 until shapes are inferred.</param>
/// <param name="Layer">The layer that it belongs to.</param>
internal sealed record Value(string Name, ValueLayout Layout, ValueExtent Extent, SizeModel Width, int Layer)
{
    /// <summary>Whether it is the state of a chain: it has room for the state that the chain starts from, and memory of its own.</summary>
    public bool IsState => Extent is ValueExtent.Carried or ValueExtent.Reversed;

    /// <summary>The extent of what is computed from each of its steps: no state to start from.</summary>
    public ValueExtent StepsExtent => IsState ? ValueExtent.Steps : Extent;

    /// <summary>Rows for each row of the batch: the most characters of a word where a value has a row for each character, the experts where it has one for each, else 1.</summary>
    public int RowsEach { get; init; } = 1;

    /// <summary>
    /// The most characters of a word where a value's time is the character and its rows are the words of a window, so that it has T rows for each row of the batch; else 0.
    /// </summary>
    public int Characters { get; init; }

    /// <summary>Whether its rows are others than those of the batch: characters, words of characters, or experts; also where each row of the batch has only one of them.</summary>
    public bool HasOwnRows { get; init; }

    /// <summary>The barrier-delimited part of the step that first touches it; -1 until planned.</summary>
    public int FirstUse { get; init; } = -1;

    /// <summary>The last such part.</summary>
    public int LastUse { get; init; } = -1;

    /// <summary>Its offset in floats; -1 until planned, and for a value whose size a dimension decides.</summary>
    public long Offset { get; init; } = -1;

    /// <summary>Floats of one slot and row: units or columns with padding.</summary>
    public int PaddedWidth => Layout switch
    {
        ValueLayout.UnitMajor => Width.Constant,
        ValueLayout.RowMajor or ValueLayout.TagScores => Padding.Up(Width.Constant, 32),
        ValueLayout.Gates => 4 * Padding.Up(Width.Constant, 8),
        _ => Padding.Up(Width.Constant, 8),
    };
}
