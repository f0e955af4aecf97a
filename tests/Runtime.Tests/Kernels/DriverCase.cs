using System;

namespace SdCompiler.Runtime.Tests;

/// <summary>A small window with rows of different lengths, a workspace of random numbers, and a way to run drivers on several lanes.</summary>
internal sealed class DriverCase
{
    public const int T = 5;
    public const int B = 7;
    private static readonly int[] Lengths = [5, 5, 4, 2, 2, 1];

    public DriverCase(int floats, WindowInput[] inputs, WindowTarget target, params MaskSite[] sites)
    {
        W = new Window(T, B, inputs, target) { Training = true, Step = 3, Masks = new MaskSet(17, sites, T, B) };
        W.SetShape(Lengths);
        W.Masks.Draw(new Lane(KernelSet.Reference), W.Step, T, Lengths.Length);
        Ws = new Workspace(floats);
        Random random = new(1);
        foreach (ref float value in Ws.Span(0, floats))
        {
            value = (float)((2 * random.NextDouble()) - 1);
        }

        for (int i = 0; i < inputs.Length; i++)
        {
            for (int cell = 0; cell < T * B; cell++)
            {
                if (inputs[i].IsTokens)
                {
                    W.Tokens(i)[cell] = random.Next(inputs[i].Vocabulary);
                }
            }

            if (!inputs[i].IsTokens)
            {
                foreach (ref float value in W.Series(i))
                {
                    value = (float)random.NextDouble();
                }
            }
        }

        for (int cell = 0; cell < T * B && target.IsTokens; cell++)
        {
            W.TargetTokens[Math.Min(cell, W.TargetTokens.Length - 1)] = random.Next(target.Classes);
        }

        foreach (ref float value in W.TargetSeries)
        {
            value = (float)random.NextDouble();
        }
    }

    public Window W { get; }

    public Workspace Ws { get; }

    public Span<float> Floats => Ws.Span(0, (int)(Ws.Bytes / 4));

    /// <summary>True for a row that is still running at a step.</summary>
    public bool Runs(int t, int b) => b < W.RowsAt(t);

    public void Run(int lanes, Action<Lane> action) => DelegateWork.Run(lanes, KernelSet.Best, action);
}
