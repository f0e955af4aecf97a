using System;

namespace SdCompiler.Runtime;

/// <summary>What a model is to predict: a class, for each time step or each row, or a vector of numbers for each time step.</summary>
public sealed class WindowTarget
{
    private WindowTarget(int classes, int? ignoreIndex, bool perStep, int width)
    {
        Classes = classes;
        IgnoreIndex = ignoreIndex ?? int.MinValue;
        Ignores = ignoreIndex is not null;
        PerStep = perStep;
        Width = width;
    }

    /// <summary>No target: predictors.</summary>
    public static WindowTarget None { get; } = new(0, 0, true, 0);

    /// <summary>How many classes there are, or 0.</summary>
    public int Classes { get; }

    /// <summary>The class that contributes no loss and no gradient; where there is none, the smallest number.</summary>
    public int IgnoreIndex { get; }

    /// <summary>True where there may be classes to ignore: <see cref="IgnoreIndex"/>.</summary>
    public bool Ignores { get; }

    /// <summary>True where every time step has a target, false where every row has one.</summary>
    public bool PerStep { get; }

    /// <summary>How many numbers are predicted, or 0.</summary>
    public int Width { get; }

    /// <summary>True for classes.</summary>
    public bool IsTokens => Classes > 0;

    /// <summary>One class, from 0 up to, not including, the number of classes, or the ignore index.</summary>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="ignoreIndex">The class that contributes nothing.</param>
    /// <param name="perStep">True for one target at every time step, false for one for each row.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one class.</exception>
    public static WindowTarget Tokens(int classes, int ignoreIndex, bool perStep)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        return new WindowTarget(classes, ignoreIndex, perStep, 0);
    }

    /// <summary>One tag at every time step, none of which may be ignored: a row is a sentence (<see cref="CrfLoss"/>).</summary>
    /// <param name="tags">How many tags there are.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one tag.</exception>
    public static WindowTarget Tags(int tags)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tags, 1);
        return new WindowTarget(tags, null, true, 0);
    }

    /// <summary>A vector of numbers at every time step.</summary>
    /// <param name="width">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one.</exception>
    public static WindowTarget Series(int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        return new WindowTarget(0, 0, true, width);
    }
}
