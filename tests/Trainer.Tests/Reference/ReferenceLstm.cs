using System;
using System.Linq;

namespace SdCompiler.Trainer.Tests.Reference;

/// <summary>One LSTM layer in one direction of time, as in a textbook; the previous hidden state and the recurrent weights are masked where they are read, the cell state never.</summary>
internal sealed class ReferenceLstm(string name, int index, int units, bool reverse = false) : ReferenceLayer
{
    private readonly string _place = index + (reverse ? "_reverse" : "");
    private readonly string _wx = $"{name}.weight_ih_l{index}{(reverse ? "_reverse" : "")}";
    private readonly string _wh = $"{name}.weight_hh_l{index}{(reverse ? "_reverse" : "")}";
    private readonly string _bias = $"{name}.bias_ih_l{index}{(reverse ? "_reverse" : "")}";
    private ReferenceWindow? _window;
    private Sequence? _x;
    private Sequence? _h;
    private Sequence? _c;
    private Sequence? _gates;
    private double[][] _h0 = [];
    private double[][] _c0 = [];

    public override Sequence Forward(Sequence x, ReferencePass pass)
    {
        (_x, _h, _c, _gates, _window) = (x, x.Like(units), x.Like(units), x.Like(4 * units), pass.Window);
        _h0 = pass.StateOrZero($"{name}.h_l{_place}", units);
        _c0 = pass.StateOrZero($"{name}.c_l{_place}", units);
        for (int row = 0; row < x.Rows; row++)
        {
            int length = pass.Window.Lengths[row];
            for (int step = 0; step < length; step++)
            {
                Step(reverse ? length - 1 - step : step, row, pass);
            }
        }

        if (!reverse)
        {
            pass.NextState[$"{name}.h_l{_place}"] = Last(_h, _h0, pass.Window);
            pass.NextState[$"{name}.c_l{_place}"] = Last(_c, _c0, pass.Window);
        }

        return _h;
    }

    public override Sequence Backward(Sequence dy, ReferencePass pass)
    {
        Sequence dx = _x!.Like(_x.Units);
        for (int row = 0; row < dy.Rows; row++)
        {
            double[] dh = new double[units];
            double[] dc = new double[units];
            for (int step = pass.Window.Lengths[row] - 1; step >= 0; step--)
            {
                int t = reverse ? pass.Window.Lengths[row] - 1 - step : step;
                for (int u = 0; u < units; u++)
                {
                    dh[u] += dy[t, row, u];
                }

                StepBack(t, row, dh, dc, dx, pass);
            }
        }

        return dx;
    }

    private void Step(int t, int row, ReferencePass pass)
    {
        double[] wx = pass.Parameters[_wx];
        double[] wh = pass.Parameters[_wh];
        double[] a = (double[])pass.Parameters[_bias].Clone();
        double[] read = Read(t, row, pass);
        for (int n = 0; n < 4 * units; n++)
        {
            for (int k = 0; k < _x!.Units; k++)
            {
                a[n] += wx[(n * _x.Units) + k] * _x[t, row, k];
            }

            for (int k = 0; k < units; k++)
            {
                a[n] += Weight(pass, t, k, n) * wh[(n * units) + k] * read[k];
            }
        }

        for (int u = 0; u < units; u++)
        {
            double i = _gates![t, row, u] = Sigmoid(a[u]);
            double f = _gates[t, row, units + u] = Sigmoid(a[units + u]);
            double g = _gates[t, row, (2 * units) + u] = Math.Tanh(a[(2 * units) + u]);
            double o = _gates[t, row, (3 * units) + u] = Sigmoid(a[(3 * units) + u]);
            _c![t, row, u] = (f * PreviousC(t, row, u)) + (i * g);
            _h![t, row, u] = o * Math.Tanh(_c[t, row, u]);
        }
    }

    /// <summary>Takes dh and dc of step t, leaves those of the step that it followed in their place.</summary>
    private void StepBack(int t, int row, double[] dh, double[] dc, Sequence dx, ReferencePass pass)
    {
        double[] da = new double[4 * units];
        for (int u = 0; u < units; u++)
        {
            double i = _gates![t, row, u];
            double f = _gates[t, row, units + u];
            double g = _gates[t, row, (2 * units) + u];
            double o = _gates[t, row, (3 * units) + u];
            double tanh = Math.Tanh(_c![t, row, u]);
            dc[u] += dh[u] * o * (1 - (tanh * tanh));
            da[u] = dc[u] * g * i * (1 - i);
            da[units + u] = dc[u] * PreviousC(t, row, u) * f * (1 - f);
            da[(2 * units) + u] = dc[u] * i * (1 - (g * g));
            da[(3 * units) + u] = dh[u] * tanh * o * (1 - o);
            dc[u] *= f;
            dh[u] = 0;
        }

        Products(t, row, da, dh, dx, pass);
    }

    /// <summary>a = Wx x + Wh (m h) + b, backward.</summary>
    private void Products(int t, int row, double[] da, double[] dh, Sequence dx, ReferencePass pass)
    {
        (double[] wx, double[] wh) = (pass.Parameters[_wx], pass.Parameters[_wh]);
        (double[] dwx, double[] dwh, double[] bias) = (pass.Gradients[_wx], pass.Gradients[_wh], pass.Gradients[_bias]);
        double[] read = Read(t, row, pass);
        for (int n = 0; n < 4 * units; n++)
        {
            bias[n] += da[n];
            for (int k = 0; k < _x!.Units; k++)
            {
                dwx[(n * _x.Units) + k] += da[n] * _x[t, row, k];
                dx[t, row, k] += da[n] * wx[(n * _x.Units) + k];
            }

            for (int k = 0; k < units; k++)
            {
                dwh[(n * units) + k] += Weight(pass, t, k, n) * da[n] * read[k];
                dh[k] += Weight(pass, t, k, n) * da[n] * wh[(n * units) + k];
            }
        }

        for (int k = 0; k < units; k++)
        {
            dh[k] *= Mask(pass, t, k, row);
        }
    }

    /// <summary>The previous hidden state as the step reads it: masked.</summary>
    private double[] Read(int t, int row, ReferencePass pass) =>
        Enumerable.Range(0, units).Select(k => Mask(pass, t, k, row) * PreviousH(t, row, k)).ToArray();

    private static double[][] Last(Sequence values, double[][] first, ReferenceWindow window) =>
        Enumerable.Range(0, values.Rows).Select(row => window.Lengths[row] == 0
            ? first[row]
            : Enumerable.Range(0, values.Units).Select(u => values[window.Lengths[row] - 1, row, u]).ToArray()).ToArray();

    private static double Sigmoid(double a) => 1 / (1 + Math.Exp(-a));

    private double Mask(ReferencePass pass, int t, int unit, int row) => pass.Masks.Unit(reverse ? name + "/reverse" : name, index, DropoutSites.Recurrent, t, unit, row);

    private double Weight(ReferencePass pass, int t, int unit, int output) => pass.Masks.Weight(reverse ? name + "/reverse" : name, index, t, unit, output);

    private double PreviousH(int t, int row, int unit) => IsFirst(t, row) ? _h0[row][unit] : _h![reverse ? t + 1 : t - 1, row, unit];

    private double PreviousC(int t, int row, int unit) => IsFirst(t, row) ? _c0[row][unit] : _c![reverse ? t + 1 : t - 1, row, unit];

    /// <summary>Whether the row's chain starts at a step.</summary>
    private bool IsFirst(int t, int row) => t == (reverse ? _window!.Lengths[row] - 1 : 0);
}
