using System;
using SdCompiler.Runtime;

namespace SdCompiler;

/// <summary>The base of every compiled trainer of a language model with one stream of tokens, so that all of them share loaders and loops.</summary>
public abstract class TokenTrainer : LstmTrainer<TokenBatch>
{
    /// <summary>A trainer of a compiled body; called by emitted code.</summary>
    /// <param name="body">The compiled body; its input 0 takes tokens.</param>
    /// <param name="optimizer">How gradients change weights.</param>
    /// <param name="options">How the trainer runs, or null for the defaults.</param>
    /// <exception cref="ArgumentException">The kernel set does not exist, or a parameter group takes no parameter.</exception>
    protected TokenTrainer(TrainerBody body, Optimizer optimizer, TrainerOptions? options)
        : base(body, optimizer, options)
    {
    }

    /// <summary>How many tokens the model knows: inputs go from 0 up to, not including, this.</summary>
    public int Vocabulary => Core.Body.Window.Inputs[0].Vocabulary;

    /// <summary>Trains on one window of tokens. Allocates nothing once it has run.</summary>
    /// <param name="inputs">[steps, rows], time-major: the token of step t and row r stands at t * rows + r.</param>
    /// <param name="targets">The token after each input, in the same places; the ignore index where there is none.</param>
    /// <param name="rows">Rows, up to B; 0 stands for B.</param>
    /// <returns>The loss in nats: sum over time, mean over rows. When it, or the gradient, is not finite or too large for single precision, the step is skipped and counted.</returns>
    /// <exception cref="ArgumentException">The window is too large, the lengths do not fit, or a token is outside the vocabulary; nothing has changed.</exception>
    public double Step(ReadOnlySpan<int> inputs, ReadOnlySpan<int> targets, int rows = 0)
    {
        ObjectDisposedException.ThrowIf(Core.IsDisposed, this);
        rows = rows == 0 ? BatchSize : rows;
        Core.BeginStep(rows, TokenBatch.StepsOf(inputs.Length, rows), default);
        Core.Writer.Tokens(0, nameof(inputs), inputs);
        Core.Writer.TargetTokens(nameof(targets), targets);
        return Core.RunStep();
    }

    /// <summary>The loss of tokens in any number of rows and steps, without dropout and without training; every row starts at a state of zeros.</summary>
    /// <param name="inputs">[steps, rows], time-major.</param>
    /// <param name="targets">The token after each input, in the same places; the ignore index where there is none.</param>
    /// <param name="rows">Rows, any number from 1.</param>
    /// <param name="state">Where the rows start, and end afterwards; null for zeros.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or a token is outside the vocabulary; the state has not changed.</exception>
    public Evaluation Evaluate(ReadOnlySpan<int> inputs, ReadOnlySpan<int> targets, int rows, LstmState? state = null)
    {
        ObjectDisposedException.ThrowIf(Core.IsDisposed, this);
        var batch = new TokenBatch { Inputs = inputs.ToArray(), Targets = targets.ToArray(), Rows = rows };
        return Core.Evaluate(batch, state);
    }
}
