namespace SdCompiler.Runtime;

/// <summary>Something that goes from step to step of a decoder.</summary>
/// <param name="Before">Where a step reads it.</param>
/// <param name="After">Where the step leaves it.</param>
/// <param name="Units">Its units.</param>
/// <param name="RowFloats">Floats from one row to the next, or 0 where it lies unit by unit.</param>
internal readonly record struct TranslationState(int Before, int After, int Units, int RowFloats)
{
    /// <summary>Floats of all rows.</summary>
    public int Floats(int rows) => (RowFloats == 0 ? Units : RowFloats) * rows;
}
