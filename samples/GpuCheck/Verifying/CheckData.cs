using System;
using System.Linq;
using SdCompiler.Runtime;
using SdCompiler.Samples.GpuCheck.Models;

namespace SdCompiler.Samples.GpuCheck.Verifying;

/// <summary>Random weights, states and windows of a seed.</summary>
internal sealed class CheckData(CheckModel model, long seed)
{
    private const int Numbers = 3;
    private const int Outputs = 2;
    private readonly Random _random = new(unchecked((int)(seed ^ (seed >> 32))));

    /// <summary>Gives every parameter values in ±1/sqrt(inputs), but not smaller than ±0.1: large enough that every gate moves.</summary>
    public void Fill(ModelParameters parameters)
    {
        foreach (Parameter parameter in parameters.All)
        {
            float range = parameter.Shape.Length == 2 ? (float)Math.Max(0.1, 1 / Math.Sqrt(parameter.Shape[1])) : 0.3f;
            float[] values = new float[parameter.Count];
            Fill(values, range);
            parameter.ReadFrom(values);
        }
    }

    /// <summary>Gives a state values in ±1/2.</summary>
    public void Fill(LstmState state)
    {
        for (int layer = 0; layer < state.LayerCount; layer++)
        {
            for (int row = 0; row < state.Rows; row++)
            {
                Fill(state.Hidden(layer, row), 0.5f);
                Fill(state.Cell(layer, row), 0.5f);
            }
        }
    }

    /// <summary>Windows of every kind: full ones, one with rows of different lengths, one with fewer rows and steps.</summary>
    public CheckWindow[] Steps()
    {
        int T = model.CheckedSteps, B = model.BatchSize;
        int[] ragged = [.. Enumerable.Range(0, B).Select(row => 1 + ((row * 7) % T))];
        return [Window(T, B), Window(T, B), Window(ragged.Max(), B, ragged), Window(1, B - 1), Window(T, B)];
    }

    /// <summary>More rows and steps than the model is compiled for.</summary>
    public CheckWindow Large() => Window(model.CheckedSteps + 2, model.BatchSize + 2);

    private CheckWindow Window(int steps, int rows, int[]? lengths = null)
    {
        CheckWindow window = new(steps, rows, lengths ?? [.. Enumerable.Repeat(steps, rows)]);
        if (model.Vocabulary > 0)
        {
            return window with { Tokens = Tokens(steps * rows), TargetTokens = Tokens(steps * rows) };
        }

        float[] numbers = new float[steps * rows * Numbers], targets = new float[steps * rows * Outputs];
        Fill(numbers, 1);
        Fill(targets, 1);
        return window with { Numbers = numbers, TargetNumbers = targets };
    }

    private int[] Tokens(int count) => [.. Enumerable.Range(0, count).Select(_ => _random.Next(model.Vocabulary))];

    private void Fill(Span<float> values, float range)
    {
        foreach (ref float value in values)
        {
            value = range * ((2 * _random.NextSingle()) - 1);
        }
    }
}
