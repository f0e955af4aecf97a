using System;
using SdCompiler.Runtime;

namespace SdCompiler;

/// <summary>
/// Lengths of training windows drawn at random (Merity et al. 2017, arXiv:1708.02182), so that not the same tokens end a window in every epoch: around <see cref="Base"/> or, now and then, around half of it.
/// Every length is a function of the seed, the epoch and its number in the epoch, so a resumed run draws the same ones.
/// </summary>
public sealed record RandomLengths
{
    private const ulong Purpose = 4UL << 56;

    /// <summary>The length that most windows have about, and that the learning rate is for.</summary>
    public int Base { get; init; } = 70;

    /// <summary>How often a length is drawn around half of <see cref="Base"/>.</summary>
    public double HalfProbability { get; init; } = 0.05;

    /// <summary>The standard deviation of a length.</summary>
    public double Deviation { get; init; } = 5;

    /// <summary>The shortest length; shorter draws become it. The last window of an epoch may be shorter.</summary>
    public int Least { get; init; } = 5;

    /// <summary>The longest length, at most the model's TimeSteps; longer draws become it. It should leave room for four deviations, so that few do.</summary>
    public required int Most { get; init; }

    /// <summary>The seed of all draws.</summary>
    public long Seed { get; init; }

    /// <summary>The length of a window before the epoch's end cuts it.</summary>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="window">The window of the epoch, from 0.</param>
    public int Length(int epoch, int window)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        ArgumentOutOfRangeException.ThrowIfNegative(window);
        ulong key = CounterRandom.Key(Seed, Purpose | (uint)epoch);
        bool half = CounterRandom.Block(key, (uint)window, 0, 0, 0).W0 < HalfProbability * (1UL << 32);
        double drawn = (half ? Base / 2.0 : Base) + (Deviation * NormalDraw.Number(key, (uint)window));
        return (int)Math.Clamp(drawn, Least, Most);
    }

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Base, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Least, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Most, Math.Max(Least, Base));
        if (HalfProbability is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(HalfProbability), HalfProbability, "A probability is a number from 0 to 1.");
        }

        if (!(Deviation >= 0 && double.IsFinite(Deviation)))
        {
            throw new ArgumentOutOfRangeException(nameof(Deviation), Deviation, "A deviation is a finite number, 0 or more.");
        }
    }
}
