namespace SdCompiler.Samples.GpuCheck.Textbook;

/// <summary>A vector for each token of the window.</summary>
/// <param name="name">Its name.</param>
/// <param name="width">The length of a vector.</param>
internal sealed class TextbookEmbedding(string name, int width) : TextbookLayer(name)
{
    public override double[][] Forward(double[][] x, TextbookPass pass)
    {
        double[][] y = pass.Zeros(width);
        double[] table = pass.Values[Name + ".weight"];
        for (int cell = 0; cell < y.Length; cell++)
        {
            for (int k = 0; k < width; k++)
            {
                y[cell][k] = table[(pass.Window.Tokens[cell] * width) + k];
            }
        }

        return y;
    }

    public override double[][] Backward(double[][] dy, TextbookPass pass)
    {
        double[] gradient = pass.Gradients[Name + ".weight"];
        for (int cell = 0; cell < dy.Length; cell++)
        {
            for (int k = 0; k < width; k++)
            {
                gradient[(pass.Window.Tokens[cell] * width) + k] += dy[cell][k];
            }
        }

        return [];
    }
}
