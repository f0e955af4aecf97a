using System;
using System.Collections.Generic;

namespace SdCompiler.Trainer.Tests.Reference;

/// <summary>Remembers every operation on numbers, so that derivatives follow by the chain rule and by nothing else.</summary>
internal sealed class Tape
{
    private readonly List<(int A, double ByA, int B, double ByB)> _operations = [];

    /// <summary>A number that nothing is derived from yet.</summary>
    public Number Input(double value) => Add(value, -1, 0, -1, 0);

    public Number Add(double value, int a, double byA, int b, double byB)
    {
        _operations.Add((a, byA, b, byB));
        return new Number(this, _operations.Count - 1, value);
    }

    /// <summary>The derivatives of a result by every number, in the order of their making.</summary>
    public double[] Derivatives(Number result)
    {
        double[] derivatives = new double[_operations.Count];
        derivatives[result.Index] = 1;
        for (int i = result.Index; i >= 0; i--)
        {
            (int a, double byA, int b, double byB) = _operations[i];
            if (a >= 0)
            {
                derivatives[a] += derivatives[i] * byA;
            }

            if (b >= 0)
            {
                derivatives[b] += derivatives[i] * byB;
            }
        }

        return derivatives;
    }
}
