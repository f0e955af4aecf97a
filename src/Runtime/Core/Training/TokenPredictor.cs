using System;
using SdCompiler.Runtime;

namespace SdCompiler;

/// <summary>The base of every compiled predictor of a language model with one stream of tokens.</summary>
public abstract class TokenPredictor : LstmPredictor<TokenBatch>
{
    /// <summary>A predictor; called by emitted code.</summary>
    /// <param name="create">Makes a body with buffers of its own; its input 0 takes tokens.</param>
    /// <param name="kernels">The kernel set to use, or null for the best.</param>
    /// <exception cref="ArgumentException">The kernel set does not exist.</exception>
    protected TokenPredictor(Func<PredictorBody> create, string? kernels = null)
        : base(create, kernels)
    {
    }

    /// <summary>Reads one token in each row and gives the distribution of the next one.</summary>
    /// <param name="state">Where the rows are; one step further afterwards.</param>
    /// <param name="tokens">One token for each row; any number of rows up to the state's.</param>
    /// <param name="logProbabilities">[rows, <see cref="LstmPredictor{TBatch}.OutputWidth"/>]: the natural logarithm of each token's probability.</param>
    /// <exception cref="ArgumentException">A token is outside the vocabulary, the state has fewer rows, or the output has another length; the state has not changed.</exception>
    public void Next(LstmState state, ReadOnlySpan<int> tokens, Span<float> logProbabilities)
    {
        ArgumentNullException.ThrowIfNull(state);
        PredictorScratch scratch = Rent();
        try
        {
            scratch.RunTokens(tokens, nameof(tokens), state, logProbabilities);
        }
        finally
        {
            Return(scratch);
        }
    }
}
