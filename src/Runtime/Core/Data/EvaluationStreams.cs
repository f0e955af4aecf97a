using System;

namespace SdCompiler;

/// <summary>Lays a text out for evaluation in parallel rows in which every token is predicted exactly once.</summary>
/// <remarks>
/// The first token is predicted from <c>first</c> (the end of a sentence), every other from the token before it. A row that starts inside the text first reads
/// the tokens before its own share without being scored, so that its state is warm: the result is that of one long
/// row up to what an LSTM still remembers after that many words, at the speed of a batch.
/// </remarks>
public sealed class EvaluationStreams
{
    /// <summary>What a target is where nothing is scored.</summary>
    public const int Ignored = -1;

    /// <summary>Tokens that a row reads before its own share: longer than any window in use.</summary>
    public const int DefaultWarmUp = 100;

    /// <summary>Rows over a text.</summary>
    /// <param name="tokens">The text.</param>
    /// <param name="first">What the first token is predicted from, usually <see cref="Vocabulary.EndOfSentenceId"/>.</param>
    /// <param name="rows">The most rows; a short text gets fewer, so that a row's share is not below its warm-up.</param>
    /// <param name="warmUp">Tokens that a row reads unscored before its own share.</param>
    /// <exception cref="ArgumentException">The text is empty or a number is out of range.</exception>
    public EvaluationStreams(ReadOnlySpan<int> tokens, int first, int rows, int warmUp = DefaultWarmUp)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(warmUp);
        if (tokens.IsEmpty)
        {
            throw new ArgumentException("A text without tokens cannot be evaluated.", nameof(tokens));
        }

        Rows = Math.Clamp(tokens.Length / Math.Max(warmUp, 1), 1, rows);
        int warm = Rows == 1 ? 0 : warmUp;
        int share = (tokens.Length - warm + Rows - 1) / Rows;
        Steps = warm + share;
        TokenCount = tokens.Length;
        Inputs = new int[Steps * Rows];
        Targets = new int[Steps * Rows];
        for (int row = 0; row < Rows; row++)
        {
            for (int t = 0; t < Steps; t++)
            {
                // Row 0 scores its warm-up too: nothing lies before it.
                int predicted = (row * share) + t;
                bool inside = predicted < tokens.Length;
                int at = (t * Rows) + row;
                Inputs[at] = inside && predicted > 0 ? tokens[predicted - 1] : first;
                Targets[at] = inside && (row == 0 || t >= warm) ? tokens[predicted] : Ignored;
            }
        }
    }

    /// <summary>Rows.</summary>
    public int Rows { get; }

    /// <summary>Steps of every row, its warm-up included.</summary>
    public int Steps { get; }

    /// <summary>Tokens that are scored: all of the text.</summary>
    public int TokenCount { get; }

    /// <summary>[<see cref="Steps"/>, <see cref="Rows"/>], time-major.</summary>
    public int[] Inputs { get; }

    /// <summary>[<see cref="Steps"/>, <see cref="Rows"/>]; <see cref="Ignored"/> where nothing is scored.</summary>
    public int[] Targets { get; }
}
