using SdCompiler.Generator.Model;

namespace SdCompiler.Generator.Graph;

/// <summary>A place where dropout acts in at least one variant.</summary>
/// <param name="Layer">The layer, by its position in the graph's list; part of the key of its draws.</param>
/// <param name="Kind">Input, recurrent, weight or output.</param>
/// <param name="Dropout">Rate and own pattern.</param>
/// <param name="Constant">The constant of its number in the emitted file.</param>
/// <param name="Units">Units of the masked vector; 0 until shapes are inferred.</param>
internal sealed record SiteInfo(int Layer, DropoutSites Kind, DropoutModel Dropout, string Constant, int Units)
{
    /// <summary>Whether it masks characters whose time is the place in a word, and whose samples are words.</summary>
    public bool IsSpelling { get; init; }

    /// <summary>Whether one list of a fixed length serves all steps of a window, for a target that gathers by it (<see cref="Passes.MaskWholeWindows"/>).</summary>
    public bool DrawnOnce { get; init; }

    /// <summary>How many units a mask of a fixed count keeps.</summary>
    public int Kept => KeptCount.Of(Dropout.Rate, Units);
}
