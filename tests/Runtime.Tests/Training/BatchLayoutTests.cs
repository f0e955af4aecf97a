using System;
using Xunit;

namespace SdCompiler.Runtime.Tests;

/// <summary>The source side's own order of rows.</summary>
public sealed class BatchLayoutTests
{
    [Fact]
    public void A_group_is_ordered_by_its_own_lengths_and_says_where_its_rows_went()
    {
        BatchLayout layout = new();
        int[] lengths = [3, 5, 1, 5, 4];
        layout.Set(5, 5, lengths);
        int[] positions = new int[3];
        layout.SetGroup(lengths, [2, 3, 1], positions);
        Assert.Equal([3, 1, 2], layout.Order.ToArray());
        Assert.Equal([5, 5, 1], layout.Lengths.ToArray());
        Assert.Equal([2, 0, 1], positions);
        Assert.Equal((5, 3), (layout.Rows, layout.Count)); // the stride of the batch's arrays stays
    }

    [Fact]
    public void Equal_lengths_keep_the_group_as_it_is()
    {
        BatchLayout layout = new();
        layout.Set(4, 2, default);
        int[] positions = new int[4];
        layout.SetGroup(default, [3, 0, 2, 1], positions);
        Assert.Equal([3, 0, 2, 1], layout.Order.ToArray());
        Assert.Equal([0, 1, 2, 3], positions);
    }

    [Fact]
    public void A_window_without_a_source_says_so()
    {
        Window window = new(2, 2, [], WindowTarget.None);
        Assert.False(window.HasSource);
        Assert.Throws<InvalidOperationException>(() => window.Source);
        Assert.Throws<InvalidOperationException>(() => new WindowWriter(window, new BatchLayout()).Source);
    }

    [Fact]
    public void Both_sides_train_at_once()
    {
        Window window = new(2, 2, [], WindowTarget.None) { Source = new Window(3, 2, [], WindowTarget.None) };
        MaskSet masks = new(1, [], 3, 2);
        (window.Training, window.Step, window.Masks) = (true, 7, masks);
        Assert.True(window.Source.Training);
        Assert.Equal(7, window.Source.Step);
        Assert.Same(masks, window.Source.Masks);
    }
}
