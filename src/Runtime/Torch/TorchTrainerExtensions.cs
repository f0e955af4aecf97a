using System;
using TorchSharp;

namespace SdCompiler.Torch;

/// <summary>Steps of token trainers with tensors instead of spans.</summary>
public static class TorchTrainerExtensions
{
    /// <summary>Trains on one window of tokens; the same step as with spans of the same numbers, bit for bit.</summary>
    /// <param name="trainer">The trainer, on any backend.</param>
    /// <param name="inputs">[steps, rows] of Int32 or Int64 on the CPU, time-major. Contiguous Int32 is read where it lies; anything else is converted.</param>
    /// <param name="targets">The token after each input, of the same shape; the model's ignore index where there is none.</param>
    /// <returns>The loss in nats: sum over time, mean over rows.</returns>
    /// <exception cref="ArgumentException">A tensor has another shape, type or device, the window is larger than the trainer's, or a token is outside the vocabulary; nothing has changed.</exception>
    public static double Step(this TokenTrainer trainer, torch.Tensor inputs, torch.Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        using var x = new TokenView(inputs, nameof(inputs));
        using var y = new TokenView(targets, nameof(targets));
        CheckSameShape(x, y);
        return trainer.Step(x.Tokens, y.Tokens, x.Rows);
    }

    /// <summary>The loss of tokens in any number of rows and steps, without dropout and without training.</summary>
    /// <param name="trainer">The trainer, on any backend.</param>
    /// <param name="inputs">[steps, rows] of Int32 or Int64 on the CPU, time-major.</param>
    /// <param name="targets">The token after each input, of the same shape; the model's ignore index where there is none.</param>
    /// <param name="state">Where the rows start, and end afterwards; null for zeros.</param>
    /// <exception cref="ArgumentException">A tensor has another shape, type or device, or a token is outside the vocabulary; the state has not changed.</exception>
    public static Evaluation Evaluate(this TokenTrainer trainer, torch.Tensor inputs, torch.Tensor targets, LstmState? state = null)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        using var x = new TokenView(inputs, nameof(inputs));
        using var y = new TokenView(targets, nameof(targets));
        CheckSameShape(x, y);
        return trainer.Evaluate(x.Tokens, y.Tokens, x.Rows, state);
    }

    private static void CheckSameShape(TokenView inputs, TokenView targets)
    {
        if (inputs.Steps != targets.Steps || inputs.Rows != targets.Rows)
        {
            throw new ArgumentException(
                $"'inputs' has the shape [{inputs.Steps}, {inputs.Rows}] and 'targets' [{targets.Steps}, {targets.Rows}]; give one target for each input.", nameof(targets));
        }
    }
}
