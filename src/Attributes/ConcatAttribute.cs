namespace SdCompiler;

/// <summary>Puts the outputs of several layers side by side.</summary>
public sealed class ConcatAttribute : LayerAttribute
{
    /// <summary>A concatenation.</summary>
    /// <param name="layers">The names of the layers, in order; at least two.</param>
    public ConcatAttribute(params string[] layers) => Layers = layers;

    /// <summary>The names of the layers, in order.</summary>
    public string[] Layers { get; }
}
