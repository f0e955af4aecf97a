using System;

namespace SdCompiler.Trainer.Tests.Reference;

/// <summary>y = f(W x + b) at every step of every row.</summary>
internal sealed class ReferenceLinear(string name, int units, Activation activation) : ReferenceLayer
{
    private Sequence? _x;
    private Sequence? _y;

    public override Sequence Forward(Sequence x, ReferencePass pass)
    {
        double[] weights = pass.Parameters[name + ".weight"];
        double[] bias = pass.Parameters[name + ".bias"];
        Sequence y = x.Like(units);
        for (int t = 0; t < x.Steps; t++)
        {
            for (int row = 0; row < x.Rows; row++)
            {
                for (int n = 0; pass.Window.Has(t, row) && n < units; n++)
                {
                    double a = bias[n];
                    for (int k = 0; k < x.Units; k++)
                    {
                        a += weights[(n * x.Units) + k] * x[t, row, k];
                    }

                    y[t, row, n] = Function(a);
                }
            }
        }

        (_x, _y) = (x, y);
        return y;
    }

    public override Sequence Backward(Sequence dy, ReferencePass pass)
    {
        (Sequence x, Sequence y) = (_x!, _y!);
        double[] weights = pass.Parameters[name + ".weight"];
        (double[] dw, double[] db) = (pass.Gradients[name + ".weight"], pass.Gradients[name + ".bias"]);
        Sequence dx = x.Like(x.Units);
        for (int t = 0; t < x.Steps; t++)
        {
            for (int row = 0; row < x.Rows; row++)
            {
                for (int n = 0; pass.Window.Has(t, row) && n < units; n++)
                {
                    double da = dy[t, row, n] * Derivative(y[t, row, n]);
                    db[n] += da;
                    for (int k = 0; k < x.Units; k++)
                    {
                        dw[(n * x.Units) + k] += da * x[t, row, k];
                        dx[t, row, k] += da * weights[(n * x.Units) + k];
                    }
                }
            }
        }

        return dx;
    }

    private double Function(double a) => activation switch
    {
        Activation.None => a,
        Activation.Tanh => Math.Tanh(a),
        Activation.Sigmoid => 1 / (1 + Math.Exp(-a)),
        Activation.Relu => Math.Max(0, a),
        _ => throw new NotSupportedException(activation.ToString()),
    };

    /// <summary>f'(a) written by y = f(a).</summary>
    private double Derivative(double y) => activation switch
    {
        Activation.None => 1,
        Activation.Tanh => 1 - (y * y),
        Activation.Sigmoid => y * (1 - y),
        Activation.Relu => y > 0 ? 1 : 0,
        _ => throw new NotSupportedException(activation.ToString()),
    };
}
