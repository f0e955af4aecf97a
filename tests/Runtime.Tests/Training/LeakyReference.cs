using System;
using System.Collections.Generic;

namespace SdCompiler.Runtime.Tests.Training;

/// <summary>The <see cref="LeakyModel"/> in plain loops and double precision, row by row.</summary>
internal sealed class LeakyReference
{
    private readonly double[] _table;
    private readonly double[] _weight;
    private readonly double[] _bias;
    private readonly int _v;
    private readonly int _d;

    public LeakyReference(LeakyModel model)
    {
        _v = model.Vocabulary;
        _d = model.Width;
        _table = Copy(model.Table);
        _weight = Copy(model.Weight);
        _bias = Copy(model.Bias);
        TableGradient = new double[_table.Length];
        WeightGradient = new double[_weight.Length];
        BiasGradient = new double[_bias.Length];
    }

    public double[] TableGradient { get; }

    public double[] WeightGradient { get; }

    public double[] BiasGradient { get; }

    public long Correct { get; private set; }

    /// <summary>The loss of one row; its gradient times <paramref name="share"/> is added up. h and c go on from their values.</summary>
    /// <param name="inputs">The row's tokens.</param>
    /// <param name="targets">The row's targets.</param>
    /// <param name="h">[width], carried.</param>
    /// <param name="c">[width], carried.</param>
    /// <param name="mask">Multiplier of step and unit; null for none.</param>
    /// <param name="share">1 / rows.</param>
    public double Row(ReadOnlySpan<int> inputs, ReadOnlySpan<int> targets, double[] h, double[] c, Func<int, int, double>? mask = null, double share = 1)
    {
        double loss = 0;
        var states = new List<double[]>();
        var dys = new List<double[]>();
        for (int t = 0; t < inputs.Length; t++)
        {
            for (int k = 0; k < _d; k++)
            {
                double x = _table[(inputs[t] * _d) + k];
                h[k] = (0.5 * h[k]) + x;
                c[k] += x;
            }

            states.Add((double[])h.Clone());
            dys.Add(Loss(h, targets[t], t, mask, share, ref loss));
        }

        var dh = new double[_d];
        for (int t = inputs.Length - 1; t >= 0; t--)
        {
            for (int k = 0; k < _d; k++)
            {
                double m = mask?.Invoke(t, k) ?? 1;
                double sum = 0;
                for (int n = 0; n < _v; n++)
                {
                    sum += dys[t][n] * _weight[(n * _d) + k];
                    WeightGradient[(n * _d) + k] += dys[t][n] * m * states[t][k];
                }

                dh[k] = (0.5 * dh[k]) + (m * sum);
                TableGradient[(inputs[t] * _d) + k] += dh[k];
            }

            for (int n = 0; n < _v; n++)
            {
                BiasGradient[n] += dys[t][n];
            }
        }

        return loss;
    }

    private double[] Loss(double[] h, int target, int t, Func<int, int, double>? mask, double share, ref double loss)
    {
        var y = new double[_v];
        for (int n = 0; n < _v; n++)
        {
            y[n] = _bias[n];
            for (int k = 0; k < _d; k++)
            {
                y[n] += _weight[(n * _d) + k] * h[k] * (mask?.Invoke(t, k) ?? 1);
            }
        }

        var dy = new double[_v];
        if (target < 0)
        {
            return dy;
        }

        double sum = 0;
        int best = 0;
        for (int n = 0; n < _v; n++)
        {
            sum += Math.Exp(y[n]);
            best = y[n] > y[best] ? n : best;
        }

        Correct += best == target ? 1 : 0;
        loss += Math.Log(sum) - y[target];
        for (int n = 0; n < _v; n++)
        {
            dy[n] = share * ((Math.Exp(y[n]) / sum) - (n == target ? 1 : 0));
        }

        return dy;
    }

    private static double[] Copy(Parameter parameter)
    {
        var values = new float[parameter.Count];
        parameter.WriteTo(values);
        return Array.ConvertAll(values, value => (double)value);
    }
}
