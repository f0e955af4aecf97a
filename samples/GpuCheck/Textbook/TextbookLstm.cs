using System;
using System.Linq;

namespace SdCompiler.Samples.GpuCheck.Textbook;

/// <summary>One LSTM layer; the hidden state is masked where the next step reads it, the cell state never. Gates in the order i, f, g, o.</summary>
/// <param name="name">Its name, such as <c>Memory.0</c>.</param>
/// <param name="parameters">What its parameters begin and end with: the member, such as <c>Memory</c>, and its number in the stack.</param>
/// <param name="units">H.</param>
internal sealed class TextbookLstm(string name, (string Member, int Index) parameters, int units) : TextbookLayer(name)
{
    private readonly string _wx = $"{parameters.Member}.weight_ih_l{parameters.Index}";
    private readonly string _wh = $"{parameters.Member}.weight_hh_l{parameters.Index}";
    private readonly string _bias = $"{parameters.Member}.bias_ih_l{parameters.Index}";
    private double[][] _x = [];
    private double[][] _read = [];  // the hidden state as each step reads it
    private double[][] _gates = [];
    private double[][] _before = []; // the cell state before each step
    private double[][] _c = [];

    public override double[][] Forward(double[][] x, TextbookPass pass)
    {
        int rows = pass.Window.Rows;
        double[][] y = pass.Zeros(units);
        double[][] h = [.. pass.Before(Name + ".h", units)], c = [.. pass.Before(Name + ".c", units)];
        (_x, _read, _gates, _before, _c) = (x, pass.Zeros(units), pass.Zeros(4 * units), pass.Zeros(units), pass.Zeros(units));
        for (int cell = 0; cell < x.Length; cell++)
        {
            (int t, int row) = (cell / rows, cell % rows);
            if (pass.Runs(t, row))
            {
                _before[cell] = c[row];
                _read[cell] = [.. h[row].Select((value, unit) => value * pass.Masks.Of(Name, DropoutSites.Recurrent, t, unit, row))];
                Step(cell, y[cell], pass);
                (h[row], c[row]) = (y[cell], _c[cell]);
            }
        }

        (pass.NextState[Name + ".h"], pass.NextState[Name + ".c"]) = (h, c);
        return y;
    }

    public override double[][] Backward(double[][] dy, TextbookPass pass)
    {
        int rows = pass.Window.Rows;
        double[][] dx = pass.Zeros(_x[0].Length);
        double[][] dh = [.. Enumerable.Range(0, rows).Select(_ => new double[units])], dc = [.. Enumerable.Range(0, rows).Select(_ => new double[units])];
        for (int cell = dx.Length - 1; cell >= 0; cell--)
        {
            (int t, int row) = (cell / rows, cell % rows);
            if (!pass.Runs(t, row))
            {
                continue;
            }

            double[] da = GatesBack(cell, dy[cell], dh[row], dc[row]);
            for (int j = 0; j < da.Length; j++)
            {
                pass.Gradients[_bias][j] += da[j];
            }

            Products.Gradient(da, _x[cell], pass.Gradients[_wx]);
            Products.Gradient(da, _read[cell], pass.Gradients[_wh]);
            Products.Backward(pass.Values[_wx], da, dx[cell]);
            dh[row] = new double[units];
            Products.Backward(pass.Values[_wh], da, dh[row]);
            for (int unit = 0; unit < units; unit++)
            {
                dh[row][unit] *= pass.Masks.Of(Name, DropoutSites.Recurrent, t, unit, row);
            }
        }

        return dx;
    }

    private void Step(int cell, double[] h, TextbookPass pass)
    {
        double[] a = [.. pass.Values[_bias]];
        Products.Forward(pass.Values[_wx], _x[cell], a);
        Products.Forward(pass.Values[_wh], _read[cell], a);
        double[] gates = _gates[cell];
        for (int u = 0; u < units; u++)
        {
            double i = gates[u] = Sigmoid(a[u]);
            double f = gates[units + u] = Sigmoid(a[units + u]);
            double g = gates[(2 * units) + u] = Math.Tanh(a[(2 * units) + u]);
            double o = gates[(3 * units) + u] = Sigmoid(a[(3 * units) + u]);
            _c[cell][u] = (f * _before[cell][u]) + (i * g);
            h[u] = o * Math.Tanh(_c[cell][u]);
        }
    }

    /// <summary>The gradient by the gates' sums; takes dc of the step and leaves that of the step before.</summary>
    private double[] GatesBack(int cell, double[] dy, double[] dh, double[] dc)
    {
        double[] da = new double[4 * units];
        double[] gates = _gates[cell];
        for (int u = 0; u < units; u++)
        {
            (double i, double f, double g, double o) = (gates[u], gates[units + u], gates[(2 * units) + u], gates[(3 * units) + u]);
            double tanh = Math.Tanh(_c[cell][u]);
            double d = dy[u] + dh[u];
            double inner = dc[u] + (d * o * (1 - (tanh * tanh)));
            da[u] = inner * g * i * (1 - i);
            da[units + u] = inner * _before[cell][u] * f * (1 - f);
            da[(2 * units) + u] = inner * i * (1 - (g * g));
            da[(3 * units) + u] = d * tanh * o * (1 - o);
            dc[u] = inner * f;
        }

        return da;
    }

    private static double Sigmoid(double a) => 1 / (1 + Math.Exp(-a));
}
