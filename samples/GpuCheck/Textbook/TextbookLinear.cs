using System;

namespace SdCompiler.Samples.GpuCheck.Textbook;

/// <summary>y = W x + b, or its tanh.</summary>
/// <param name="name">Its name.</param>
/// <param name="units">Outputs.</param>
/// <param name="isTanh">Whether tanh follows.</param>
internal sealed class TextbookLinear(string name, int units, bool isTanh) : TextbookLayer(name)
{
    private double[][] _x = [];
    private double[][] _y = [];

    public override double[][] Forward(double[][] x, TextbookPass pass)
    {
        (_x, _y) = (x, pass.Zeros(units));
        for (int cell = 0; cell < x.Length; cell++)
        {
            if (!pass.Runs(cell / pass.Window.Rows, cell % pass.Window.Rows))
            {
                continue;
            }

            pass.Values[Name + ".bias"].CopyTo(_y[cell], 0);
            Products.Forward(pass.Values[Name + ".weight"], x[cell], _y[cell]);
            for (int j = 0; j < units && isTanh; j++)
            {
                _y[cell][j] = Math.Tanh(_y[cell][j]);
            }
        }

        return _y;
    }

    public override double[][] Backward(double[][] dy, TextbookPass pass)
    {
        double[][] dx = pass.Zeros(_x[0].Length);
        for (int cell = 0; cell < dx.Length; cell++)
        {
            if (!pass.Runs(cell / pass.Window.Rows, cell % pass.Window.Rows))
            {
                continue;
            }

            double[] da = [.. dy[cell]];
            for (int j = 0; j < units; j++)
            {
                da[j] *= isTanh ? 1 - (_y[cell][j] * _y[cell][j]) : 1;
                pass.Gradients[Name + ".bias"][j] += da[j];
            }

            Products.Backward(pass.Values[Name + ".weight"], da, dx[cell]);
            Products.Gradient(da, _x[cell], pass.Gradients[Name + ".weight"]);
        }

        return dx;
    }
}
