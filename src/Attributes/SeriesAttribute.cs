namespace SdCompiler;

/// <summary>A real-valued input: a vector of <see cref="Width"/> numbers per row and time step.</summary>
public sealed class SeriesAttribute : LayerAttribute
{
    /// <summary>A real-valued input.</summary>
    /// <param name="width">Numbers per row and time step.</param>
    public SeriesAttribute(int width) => Width = width;

    /// <summary>Numbers per row and time step.</summary>
    public int Width { get; }
}
