using System;

namespace SdCompiler.Runtime;

/// <summary>The first values of a parameter, drawn in PyTorch's order, so that they do not depend on how the kernels lay it out.</summary>
internal static class ParameterInitializer
{
    private const int Gates = PanelLayout.Gates;

    /// <summary>What common CRF layers for PyTorch draw their scores from.</summary>
    private const float TransitionRange = 0.1f;

    public static void Fill(
        Parameter parameter, ulong key, ParameterRole role, int inputs, int units, Initializer initializer, double range, double forgetBias)
    {
        if (initializer == Initializer.Uniform && !(range >= 0 && range <= float.MaxValue))
        {
            throw new ArgumentException($"The initial range of '{parameter.Name}' is {range}; use a finite number from 0 up.", nameof(range));
        }

        CheckSizes(parameter, role, inputs, units);
        float[] values = new float[parameter.Count];
        switch (initializer)
        {
            case Initializer.Uniform:
                Uniform(values, key, (float)range);
                break;
            case Initializer.Default when role == ParameterRole.Embedding:
                NormalDraw.Fill(values, key);
                break;
            case Initializer.Default when role == ParameterRole.Transition:
                Uniform(values, key, TransitionRange);
                break;
            case Initializer.Default:
                bool lstm = role is ParameterRole.LstmInput or ParameterRole.LstmRecurrent or ParameterRole.LstmBias;
                Uniform(values, key, (float)(1 / Math.Sqrt(lstm ? units : inputs)));
                break;
            case Initializer.Orthogonal when role == ParameterRole.LstmRecurrent:
                OrthogonalDraw.Fill(values, key, units, Gates);
                break;
            case Initializer.Glorot:
            case Initializer.Orthogonal:
                Glorot(values, key, parameter, role, inputs, units);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(initializer), initializer, "There is no such initialiser.");
        }

        if (role == ParameterRole.LstmBias && !double.IsNaN(forgetBias))
        {
            values.AsSpan(units, units).Fill((float)forgetBias);
        }

        parameter.ReadFrom(values);
    }

    private static void Glorot(float[] values, ulong key, Parameter parameter, ParameterRole role, int inputs, int units)
    {
        switch (role)
        {
            case ParameterRole.LstmBias or ParameterRole.LinearBias:
            case ParameterRole.Transition when parameter.Shape.Length == 1:
                return; // zeros
            case ParameterRole.ConvolutionWeight:
                // Each output goes into as many sums as a filter has taps.
                Uniform(values, key, (float)Math.Sqrt(6.0 / ((double)inputs + ((double)units * parameter.Shape[2]))));
                return;
            case ParameterRole.Embedding:
                // A table is a matrix from tokens (one-hot) to its width.
                Uniform(values, key, (float)Math.Sqrt(6.0 / ((double)parameter.Shape[0] + parameter.Shape[1])));
                return;
            case ParameterRole.AttentionVector:
                Uniform(values, key, (float)Math.Sqrt(6.0 / (units + 1.0))); // a matrix of one output
                return;
            default:
                Uniform(values, key, (float)Math.Sqrt(6.0 / ((double)inputs + units)));
                return;
        }
    }

    /// <summary>Uniform in [-range, range).</summary>
    private static void Uniform(float[] values, ulong key, float range)
    {
        const int Chunk = 4096;
        Span<uint> words = stackalloc uint[Chunk];
        for (int start = 0; start < values.Length; start += Chunk)
        {
            Span<float> part = values.AsSpan(start, Math.Min(Chunk, values.Length - start));
            CounterRandom.Fill(key, (uint)start / 4, 0, 0, 0, words[..part.Length]);
            for (int i = 0; i < part.Length; i++)
            {
                part[i] = range * ((2 * CounterRandom.ToUnitFloat(words[i])) - 1);
            }
        }
    }

    private static void CheckSizes(Parameter parameter, ParameterRole role, int inputs, int units)
    {
        bool matches = role switch
        {
            ParameterRole.Embedding => parameter.Shape.Length == 2,
            ParameterRole.LstmBias => parameter.Shape.SequenceEqual([Gates * units]),
            ParameterRole.LinearBias => parameter.Shape.SequenceEqual([units]) && inputs > 0,
            ParameterRole.ConvolutionWeight => parameter.Shape.Length == 3 && parameter.Shape[0] == units && parameter.Shape[1] * parameter.Shape[2] == inputs,
            ParameterRole.AttentionVector => parameter.Shape.SequenceEqual([units]) && inputs == units,
            ParameterRole.LinearWeight => parameter.Shape.SequenceEqual([units, inputs]),
            ParameterRole.Transition => inputs == units && (parameter.Shape.SequenceEqual([units]) || parameter.Shape.SequenceEqual([units, units])),
            _ => parameter.Shape.SequenceEqual([Gates * units, inputs]),
        };
        if (!matches || (role == ParameterRole.LstmRecurrent && inputs != units))
        {
            throw new ArgumentException(
                $"Parameter '{parameter.Name}' has the shape [{string.Join(", ", parameter.Shape.ToArray())}], which is no {role} of {inputs} inputs and {units} units.");
        }
    }
}
