namespace SdCompiler;

/// <summary>The outputs of several layers side by side.</summary>
public sealed class ConcatLayer : Layer
{
    /// <summary>A layer; called by emitted code.</summary>
    /// <param name="name">The name of the model's property.</param>
    /// <param name="width">The sum of the widths that it joins.</param>
    public ConcatLayer(string name, int width)
        : base(name, width)
    {
    }
}
