using System;
using Xunit;

namespace SdCompiler.Runtime.Tests;

public sealed class WindowTests
{
    private static Window Make() => new(4, 3, [WindowInput.Tokens(10), WindowInput.Series(2)], WindowTarget.Tokens(5, -1, perStep: true));

    [Fact]
    public void RowsStopAtTheirOwnLength()
    {
        Window w = Make();
        w.SetShape([4, 2, 1]);
        Assert.Equal((4, 3), (w.Steps, w.Rows));
        Assert.Equal([3, 2, 1, 1, 0], [w.RowsAt(0), w.RowsAt(1), w.RowsAt(2), w.RowsAt(3), w.RowsAt(4)]);
        Assert.Equal([4, 2, 1], [w.Length(0), w.Length(1), w.Length(2)]);
        w.SetShape(2, 1);
        Assert.Equal([1, 1, 0], [w.RowsAt(0), w.RowsAt(1), w.RowsAt(2)]);
    }

    [Fact]
    public void BadShapesAreRefused()
    {
        Window w = Make();
        Assert.Throws<ArgumentOutOfRangeException>(() => w.SetShape(5, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => w.SetShape(1, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => w.SetShape([]));
        Assert.Throws<ArgumentException>(() => w.SetShape([2, 3]));
        Assert.Throws<ArgumentException>(() => w.SetShape([2, 0]));
    }

    [Fact]
    public void LossesOfRunningRowsAreAddedAndTargetsCounted()
    {
        Window w = Make();
        w.SetShape([2, 1]);
        w.Losses.Fill(1);
        w.TargetTokens[3] = -1;
        Assert.Equal(3, w.TotalLoss());
        Assert.Equal(2, w.CountTargets());
        Window whole = new(4, 3, [WindowInput.Series(1)], WindowTarget.Tokens(5, -1, perStep: false));
        whole.Losses.Fill(1);
        whole.TargetTokens[2] = -1;
        Assert.Equal((3, 2), (whole.TotalLoss(), whole.CountTargets()));
    }

    [Fact]
    public void WithoutTrainingOrASiteEveryUnitIsKept()
    {
        Window w = Make();
        KeptUnits kept = w.Kept(5, 0, 2000);
        Assert.Equal((2000, 1f), (kept.Count, kept.Scale));
        Assert.Equal(1999, kept.Span[1999]);
        w.Training = true;
        Assert.Equal(3, w.Kept(-1, 0, 3).Count);
        Assert.Throws<InvalidOperationException>(() => w.Kept(0, 0, 3).Count);
    }

    [Fact]
    public void NoTagOfASentenceIsIgnored()
    {
        Window w = new(2, 2, [], WindowTarget.Tags(5));
        BatchLayout layout = new();
        layout.Set(2, 2, [1, 2]);
        w.SetShape(layout.Lengths);
        WindowWriter writer = new(w, layout);
        writer.Begin(0, 0);
        writer.TargetTokens("tags", [4, 0, -1, 3]); // beyond the end of a row anything may stand
        Assert.Equal([0, 4, 3], [w.TargetTokens[0], w.TargetTokens[1], w.TargetTokens[2]]);
        Assert.Equal(3, w.CountTargets());
        foreach (int bad in new[] { -1, 5, w.Target.IgnoreIndex })
        {
            string message = Assert.Throws<ArgumentException>(() => writer.TargetTokens("tags", [4, 0, 0, bad])).Message;
            Assert.Equal($"'tags' has {bad} at step 1, row 1; the 5 classes are 0 to 4.", message);
        }

        Assert.False(w.Target.Ignores);
        Assert.True(WindowTarget.Tokens(5, -1, perStep: true).Ignores);
        Assert.Throws<ArgumentOutOfRangeException>(() => WindowTarget.Tags(0));
    }
}
