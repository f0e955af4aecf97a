using System;
using System.Linq;

namespace SdCompiler.Trainer.Tests.Reference;

/// <summary>
/// The logarithm of p = sum over k of pi[k] * softmax(U m c[k] + b), where c[k] = tanh(W[k] h + d[k]), pi = softmax(P h) and m is the contexts' mask: first the probabilities, then the logarithm,
/// and back through each of the softmaxes by its Jacobian.
/// </summary>
internal sealed class ReferenceMixture(MixtureSpec spec, int width) : ReferenceLayer
{
    private Sequence? _x;

    public override Sequence Forward(Sequence x, ReferencePass pass)
    {
        Sequence y = x.Like(spec.Classes);
        for (int t = 0; t < x.Steps; t++)
        {
            for (int row = 0; row < x.Rows; row++)
            {
                if (pass.Window.Has(t, row))
                {
                    Place place = Compute(x, pass, t, row);
                    for (int v = 0; v < spec.Classes; v++)
                    {
                        y[t, row, v] = Math.Log(place.P[v]);
                    }
                }
            }
        }

        _x = x;
        return y;
    }

    public override Sequence Backward(Sequence dy, ReferencePass pass)
    {
        Sequence x = _x!, dx = x.Like(x.Units);
        for (int t = 0; t < x.Steps; t++)
        {
            for (int row = 0; row < x.Rows; row++)
            {
                if (pass.Window.Has(t, row))
                {
                    Backward(x, dx, dy, pass, t, row);
                }
            }
        }

        return dx;
    }

    private void Backward(Sequence x, Sequence dx, Sequence dy, ReferencePass pass, int t, int row)
    {
        Place place = Compute(x, pass, t, row);
        double[] dp = Enumerable.Range(0, spec.Classes).Select(v => dy[t, row, v] / place.P[v]).ToArray();
        double[] dPi = place.Q.Select(q => q.Zip(dp, (a, b) => a * b).Sum()).ToArray();
        double[] dScores = Jacobian(place.Pi, dPi);
        (double[] u, double[] du, double[] db) = (pass.Parameters[spec.Name + ".decoder.weight"], pass.Gradients[spec.Name + ".decoder.weight"], pass.Gradients[spec.Name + ".decoder.bias"]);
        for (int k = 0; k < spec.Experts; k++)
        {
            AddProduct(x, dx, pass, "prior", t, row, k, dScores[k]);
            double[] dLogits = Jacobian(place.Q[k], dp.Select(value => place.Pi[k] * value).ToArray());
            for (int n = 0; n < width; n++)
            {
                double mask = Mask(pass, t, row, k, n), dc = 0;
                for (int v = 0; v < spec.Classes; v++)
                {
                    du[(v * width) + n] += dLogits[v] * mask * place.C[k][n];
                    dc += dLogits[v] * u[(v * width) + n] * mask;
                }

                double da = dc * (1 - (place.C[k][n] * place.C[k][n]));
                AddProduct(x, dx, pass, "latent", t, row, (k * width) + n, da);
                pass.Gradients[spec.Name + ".latent.bias"][(k * width) + n] += da;
            }

            for (int v = 0; v < spec.Classes; v++)
            {
                db[v] += dLogits[v];
            }
        }
    }

    private Place Compute(Sequence x, ReferencePass pass, int t, int row)
    {
        double[] pi = Softmax(Enumerable.Range(0, spec.Experts).Select(k => Product(x, pass, "prior", t, row, k)).ToArray());
        (double[] d, double[] u, double[] b) = (pass.Parameters[spec.Name + ".latent.bias"], pass.Parameters[spec.Name + ".decoder.weight"], pass.Parameters[spec.Name + ".decoder.bias"]);
        double[][] c = Enumerable.Range(0, spec.Experts)
            .Select(k => Enumerable.Range(k * width, width).Select(n => Math.Tanh(d[n] + Product(x, pass, "latent", t, row, n))).ToArray()).ToArray();
        double[][] q = Enumerable.Range(0, spec.Experts).Select(k => Softmax(Enumerable.Range(0, spec.Classes)
            .Select(v => b[v] + Enumerable.Range(0, width).Sum(n => u[(v * width) + n] * Mask(pass, t, row, k, n) * c[k][n])).ToArray())).ToArray();
        return new Place(pi, c, q, Enumerable.Range(0, spec.Classes).Select(v => Enumerable.Range(0, spec.Experts).Sum(k => pi[k] * q[k][v])).ToArray());
    }

    /// <summary>The multiplier of a number of one expert's context: the numbers of all experts stand side by side.</summary>
    private double Mask(ReferencePass pass, int t, int row, int k, int n) => pass.Masks.Unit(spec.Name, 0, DropoutSites.Latent, t, (k * width) + n, row);

    private double Product(Sequence x, ReferencePass pass, string part, int t, int row, int output)
    {
        double[] w = pass.Parameters[$"{spec.Name}.{part}.weight"];
        return Enumerable.Range(0, x.Units).Sum(unit => w[(output * x.Units) + unit] * x[t, row, unit]);
    }

    private void AddProduct(Sequence x, Sequence dx, ReferencePass pass, string part, int t, int row, int output, double d)
    {
        (double[] w, double[] dw) = (pass.Parameters[$"{spec.Name}.{part}.weight"], pass.Gradients[$"{spec.Name}.{part}.weight"]);
        for (int unit = 0; unit < x.Units; unit++)
        {
            dw[(output * x.Units) + unit] += d * x[t, row, unit];
            dx[t, row, unit] += d * w[(output * x.Units) + unit];
        }
    }

    private static double[] Softmax(double[] y)
    {
        double max = y.Max(), sum = y.Sum(value => Math.Exp(value - max));
        return y.Select(value => Math.Exp(value - max) / sum).ToArray();
    }

    private static double[] Jacobian(double[] p, double[] dp)
    {
        double mean = p.Zip(dp, (a, b) => a * b).Sum();
        return p.Zip(dp, (a, b) => a * (b - mean)).ToArray();
    }

    /// <summary>What one row has at one step: the weights of the experts, their contexts, their probabilities, and the mixture's.</summary>
    private sealed record Place(double[] Pi, double[][] C, double[][] Q, double[] P);
}
