using System;
using System.Linq;
using Xunit;

namespace SdCompiler.Runtime.Tests;

/// <summary>Rows of a matrix that are a matrix of their own, in the same memory.</summary>
public sealed unsafe class MatrixPartTests
{
    [Theory]
    [InlineData(ColumnOrder.Plain)]
    [InlineData(ColumnOrder.Gates)]
    public void A_part_has_the_rows_of_the_whole(ColumnOrder order)
    {
        MatrixParameter whole = new("w", 7, 40, order);
        float[] values = Enumerable.Range(0, 7 * 40).Select(i => (float)i).ToArray();
        whole.ReadFrom(values);
        MatrixParameter part = whole.Part(2, 3);
        part.EnsureRows();
        Assert.True(whole.HasRows);
        Assert.Equal((3, 40, whole.PaddedColumns, whole.Panels, "w"), (part.Rows, part.Columns, part.PaddedColumns, part.Panels, part.Name));
        for (int panel = 0; panel < whole.Panels; panel++)
        {
            for (int row = 0; row < 3; row++)
            {
                Assert.True(new Span<float>(part.Panel(panel) + (row * 32), 32).SequenceEqual(new Span<float>(whole.Panel(panel) + ((2 + row) * 32), 32)));
                Assert.True(new Span<float>(part.RowsPointer() + (row * part.PaddedColumns), 32).SequenceEqual(new Span<float>(whole.RowsPointer() + ((2 + row) * whole.PaddedColumns), 32)));
            }
        }

        // PyTorch's layout is [columns, rows]: a part is a slice of the second dimension.
        float[] copy = new float[3 * 40];
        part.WriteTo(copy);
        Assert.Equal(Enumerable.Range(0, 40).SelectMany(column => Enumerable.Range(2, 3).Select(row => values[(column * 7) + row])), copy);
    }

    [Fact]
    public void The_parts_of_a_gradient_sum_their_squares_together()
    {
        MatrixParameter whole = new("w", 5, 40, ColumnOrder.Plain);
        MatrixGradient gradient = new(whole, 2);
        MatrixGradient low = gradient.Part(0, 2, 0), high = gradient.Part(2, 3, 1);
        for (int panel = 0; panel < whole.Panels; panel++)
        {
            new Span<float>(low.Panel(panel), 2 * 32).Fill(1);
            new Span<float>(high.Panel(panel), 3 * 32).Fill(2);
            low.Norms[panel] = 64;
            high.Norms[panel] = 4 * 96;
        }

        float[] values = new float[5 * 40];
        gradient.WriteTo(values);
        Assert.Equal(Enumerable.Range(0, 200).Select(i => i % 5 < 2 ? 1f : 2f), values);
        Assert.Equal(2 * (64 + (4 * 96)), gradient.SquaredNorm());
    }

    [Fact]
    public void Parts_that_do_not_exist_are_refused()
    {
        MatrixParameter whole = new("w", 5, 40, ColumnOrder.Plain);
        Assert.Throws<ArgumentOutOfRangeException>(() => whole.Part(-1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => whole.Part(3, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => whole.Part(3, 0));
        Assert.Throws<InvalidOperationException>(() => whole.Part(1, 2).Part(0, 1));
    }
}
