using System;
using SdCompiler.Runtime;

namespace SdCompiler;

/// <summary>A batch of a language model with one stream of tokens: inputs, and for each the token that follows.</summary>
public sealed class TokenBatch : LstmBatch
{
    /// <summary>Tokens, [steps, rows], time-major.</summary>
    public ReadOnlyMemory<int> Inputs { get; set; }

    /// <summary>The token after each input, [steps, rows]; the model's ignore index where there is none. A predictor does not read them.</summary>
    public ReadOnlyMemory<int> Targets { get; set; }

    /// <inheritdoc/>
    public override void CopyTo(WindowWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Tokens(0, nameof(Inputs), Inputs.Span);
        writer.TargetTokens(nameof(Targets), Targets.Span);
    }

    /// <inheritdoc/>
    public override int InferSteps(int rows) => StepsOf(Inputs.Length, rows);

    internal static int StepsOf(int tokens, int rows)
    {
        if (rows < 1 || tokens == 0 || tokens % rows != 0)
        {
            throw new ArgumentException($"There are {tokens} tokens for {rows} rows; give a whole number of steps, at least one, for each row.");
        }

        return tokens / rows;
    }
}
