using System;
using System.Linq;
using Xunit;

namespace SdCompiler.Runtime.Tests;

/// <summary>The search of one sentence, step by step, with probabilities given by hand.</summary>
public sealed class BeamSentenceTests
{
    private const int End = 0;

    [Fact]
    public void The_best_continuations_of_all_rows_go_on()
    {
        BeamSentence sentence = new(new TranslationOptions { Begin = 9, End = End, BeamWidth = 2, Best = 2, Normalization = LengthNormalization.None });
        Assert.Equal((1, 9), (sentence.Rows, sentence.Token(0)));
        Step(sentence, [-5, -1, -2, -3]);
        Assert.Equal([1, 2], new[] { sentence.Token(0), sentence.Token(1) });
        Assert.Equal([0, 0], new[] { sentence.Parent(0), sentence.Parent(1) });

        // Row 0 (-1): -1.1, -3, -9, -9; row 1 (-2): -9, -2.05, -9, -2.5. The best two of all are -1.1 - 1 = end of row 0, and -4.05.
        Step(sentence, [-1.1f, -3.2f, -9, -9], [-9, -2.05f, -9, -2.5f]);
        Assert.Equal(1, sentence.Rows);
        Assert.Equal((1, 1), (sentence.Token(0), sentence.Parent(0)));
        Translation best = Assert.Single(sentence.Result());
        Assert.Equal([1], best.Tokens);
        Assert.Equal(-2.1, best.LogProbability, 1e-6);
        Assert.True(best.IsFinished);
    }

    [Fact]
    public void Among_equals_the_lower_row_and_token_come_first()
    {
        BeamSentence sentence = new(Options(width: 3));
        Step(sentence, [-9, -1, -1, -1, -1]);
        Assert.Equal([1, 2, 3], Enumerable.Range(0, 3).Select(sentence.Token));
        Step(sentence, [-9, -9, -2, -9, -9], [-9, -2, -9, -2, -9], [-9, -2, -9, -9, -9]);
        Assert.Equal([0, 1, 1], Enumerable.Range(0, 3).Select(sentence.Parent));
        Assert.Equal([2, 1, 3], Enumerable.Range(0, 3).Select(sentence.Token));
    }

    [Fact]
    public void A_search_goes_on_while_a_longer_translation_may_score_better()
    {
        // By length: the end at once scores -1 / 1, the other way -1.2 - 0.1 - 0.1 over 3 tokens.
        BeamSentence sentence = new(Options(width: 2, LengthNormalization.Length, longest: 3));
        Step(sentence, [-1, -1.2f]);
        Assert.False(sentence.IsDone);
        Step(sentence, [-3, -0.1f]);
        Step(sentence, [-0.1f, -3]);
        Assert.True(sentence.IsDone);
        Assert.Equal([1, 1], sentence.Result()[0].Tokens);

        // Without: what has been found cannot be beaten.
        BeamSentence stopped = new(Options(width: 2, LengthNormalization.None, longest: 3));
        Step(stopped, [-1, -1.2f]);
        Assert.True(stopped.IsDone);
        Assert.Empty(stopped.Result()[0].Tokens);
    }

    [Fact]
    public void What_is_not_finished_at_the_longest_length_is_cut_and_says_so()
    {
        BeamSentence sentence = new(Options(width: 1, LengthNormalization.None, longest: 2));
        Step(sentence, [-9, -1]);
        Step(sentence, [-9, -1]);
        Assert.True(sentence.IsDone);
        Translation cut = sentence.Result()[0];
        Assert.Equal([1, 1], cut.Tokens);
        Assert.False(cut.IsFinished);
        Assert.Equal(-2, cut.LogProbability, 1e-6);
    }

    [Fact]
    public void Weights_that_are_not_finite_give_an_empty_translation_instead_of_a_failure()
    {
        BeamSentence sentence = new(Options(width: 2));
        Step(sentence, [float.NaN, float.NaN]);
        Assert.True(sentence.IsDone);
        Translation nothing = Assert.Single(sentence.Result());
        Assert.Empty(nothing.Tokens);
        Assert.False(nothing.IsFinished);
    }

    [Theory]
    [InlineData(LengthNormalization.None, -6)]
    [InlineData(LengthNormalization.Length, -1.5)]
    [InlineData(LengthNormalization.Wu, -4.0)]
    public void Scores_allow_for_length(LengthNormalization normalization, double expected) =>
        Assert.Equal(expected, new TranslationOptions { Begin = 9, End = End, Normalization = normalization, LengthPenalty = 1 }.Score(-6, 4), 1e-12);

    private static TranslationOptions Options(int width, LengthNormalization normalization = LengthNormalization.None, int longest = 10) =>
        new() { Begin = 9, End = End, BeamWidth = width, Normalization = normalization, MaximumLength = longest };

    private static void Step(BeamSentence sentence, params float[][] rows)
    {
        Assert.Equal(sentence.Rows, rows.Length);
        int classes = rows[0].Length;
        Workspace workspace = new(16 + (rows.Length * (classes + 3)));
        for (int row = 0; row < rows.Length; row++)
        {
            rows[row].CopyTo(workspace.Span(16 + (row * (classes + 3)), classes));
        }

        sentence.Advance(new BeamRows(workspace, 16, classes + 3, classes), null);
    }
}
