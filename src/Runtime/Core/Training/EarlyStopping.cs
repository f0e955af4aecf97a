using System;

namespace SdCompiler;

/// <summary>Ends training when a validation figure (lower is better) has not improved for a number of evaluations.</summary>
public sealed class EarlyStopping
{
    /// <summary>A rule that stops after evaluations without improvement.</summary>
    /// <param name="patience">Evaluations in a row without improvement after which training ends, at least 1.</param>
    /// <param name="minimumImprovement">How much lower than the best so far counts as better, in the figure's unit; 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public EarlyStopping(int patience, double minimumImprovement = 0)
    {
        if (patience < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(patience), patience, "Patience is a number of evaluations, at least 1.");
        }

        if (!(minimumImprovement >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(minimumImprovement), minimumImprovement, "The minimum improvement is 0 or more.");
        }

        Patience = patience;
        MinimumImprovement = minimumImprovement;
    }

    /// <summary>Evaluations in a row without improvement after which training ends.</summary>
    public int Patience { get; }

    /// <summary>How much lower than the best so far counts as better.</summary>
    public double MinimumImprovement { get; }

    /// <summary>The lowest figure so far; positive infinity before the first.</summary>
    public double Best { get; private set; } = double.PositiveInfinity;

    /// <summary>Evaluations since the best one.</summary>
    public int SinceBest { get; private set; }

    /// <summary>Whether training should end.</summary>
    public bool ShouldStop => SinceBest >= Patience;

    /// <summary>Takes one more evaluation; a figure that is not a number counts as no improvement.</summary>
    /// <param name="figure">The validation figure, lower is better.</param>
    /// <returns>True when it is the best so far.</returns>
    public bool Report(double figure)
    {
        if (figure < Best - MinimumImprovement)
        {
            Best = figure;
            SinceBest = 0;
            return true;
        }

        SinceBest++;
        return false;
    }

    /// <summary>Continues where a stopped run left off.</summary>
    /// <param name="best">The lowest figure so far.</param>
    /// <param name="sinceBest">Evaluations since then.</param>
    public void Restore(double best, int sinceBest)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sinceBest);
        Best = best;
        SinceBest = sinceBest;
    }
}
