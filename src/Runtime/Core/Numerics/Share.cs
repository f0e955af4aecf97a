namespace SdCompiler.Runtime;

/// <summary>The contiguous range of items that one lane owns.</summary>
/// <param name="Start">The first item.</param>
/// <param name="End">One past the last item.</param>
public readonly record struct Share(int Start, int End)
{
    /// <summary>How many items.</summary>
    public int Count => End - Start;
}
