using System;

namespace SdCompiler.Samples.Benchmarks.Measuring;

/// <summary>Windows of random tokens, the same in every run; several, so that no step reads the rows that the one before left in cache.</summary>
internal sealed class RandomWindows
{
    private const int Windows = 8;
    private const int Seed = 1;
    private readonly int[][] _tokens = new int[Windows + 1][];
    private int _next;

    /// <summary>Draws the tokens.</summary>
    /// <param name="vocabulary">Tokens go from 0 up to, not including, this.</param>
    /// <param name="cells">Rows times steps.</param>
    public RandomWindows(int vocabulary, int cells)
    {
        Random random = new(Seed);
        for (int i = 0; i < _tokens.Length; i++)
        {
            _tokens[i] = new int[cells];
            foreach (ref int token in _tokens[i].AsSpan())
            {
                token = random.Next(vocabulary);
            }
        }
    }

    /// <summary>The next window: inputs, and as many targets.</summary>
    public (int[] Inputs, int[] Targets) Next()
    {
        int window = _next;
        _next = (_next + 1) % Windows;
        return (_tokens[window], _tokens[window + 1]);
    }
}
