namespace SdCompiler.Samples.GpuCheck.Textbook;

/// <summary>One layer; remembers what it needs for its way back.</summary>
/// <param name="name">Its name, such as <c>Memory.0</c>.</param>
internal abstract class TextbookLayer(string name)
{
    /// <summary>Its name, as mask sites have it.</summary>
    public string Name => name;

    /// <summary>The outputs.</summary>
    public abstract double[][] Forward(double[][] x, TextbookPass pass);

    /// <summary>Adds to the gradients of the layer's parameters.</summary>
    /// <returns>The gradient by the inputs.</returns>
    public abstract double[][] Backward(double[][] dy, TextbookPass pass);
}
