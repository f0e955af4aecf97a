namespace SdCompiler;

/// <summary>A real-valued input.</summary>
public sealed class SeriesLayer : Layer
{
    /// <summary>A layer; called by emitted code.</summary>
    /// <param name="name">The name of the model's property.</param>
    /// <param name="width">Numbers per row and time step.</param>
    public SeriesLayer(string name, int width)
        : base(name, width)
    {
    }
}
