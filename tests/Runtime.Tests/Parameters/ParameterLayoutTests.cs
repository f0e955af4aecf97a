using System;
using System.Linq;
using Xunit;

namespace SdCompiler.Runtime.Tests;

public sealed class ParameterLayoutTests
{
    [Theory]
    [InlineData(1, 1, ColumnOrder.Plain)]
    [InlineData(3, 31, ColumnOrder.Plain)]
    [InlineData(5, 32, ColumnOrder.Plain)]
    [InlineData(5, 33, ColumnOrder.Plain)]
    [InlineData(7, 4, ColumnOrder.Gates)]
    [InlineData(7, 28, ColumnOrder.Gates)]
    [InlineData(7, 32, ColumnOrder.Gates)]
    [InlineData(7, 36, ColumnOrder.Gates)]
    [InlineData(20, 84, ColumnOrder.Gates)]
    public unsafe void MatricesComeBackAsTheyWentIn(int rows, int columns, ColumnOrder order)
    {
        MatrixParameter matrix = new("m", rows, columns, order);
        matrix.EnsureRows();
        float[] torch = Enumerable.Range(1, rows * columns).Select(i => (float)i).ToArray();
        matrix.ReadFrom(torch);
        float[] back = new float[torch.Length];
        matrix.WriteTo(back);
        Assert.Equal(torch, back);

        Assert.Equal([columns, rows], matrix.Shape.ToArray());
        Assert.Equal(0, matrix.PaddedColumns % 32);
        Assert.Equal(torch.Length, matrix.Count);
        Assert.Equal(torch.Sum(x => (double)x), matrix.Storage.Span.ToArray().Sum(x => (double)x)); // so the padding is zero
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < matrix.PaddedColumns; column++)
            {
                Assert.Equal(matrix.Panel(column / 32)[(row * 32) + (column % 32)], matrix.RowsPointer()[(row * matrix.PaddedColumns) + column]);
            }
        }
    }

    [Fact]
    public unsafe void GatesOfOneUnitShareAPanel()
    {
        const int Units = 11;
        MatrixParameter matrix = new("m", 2, 4 * Units, ColumnOrder.Gates);
        float[] torch = new float[4 * Units * 2];
        for (int gate = 0; gate < 4; gate++)
        {
            for (int unit = 0; unit < Units; unit++)
            {
                torch[((((gate * Units) + unit)) * 2) + 1] = (100 * gate) + unit + 1; // row 1
            }
        }

        matrix.ReadFrom(torch);
        Assert.Equal(2, matrix.Panels);
        for (int gate = 0; gate < 4; gate++)
        {
            for (int unit = 0; unit < Units; unit++)
            {
                Assert.Equal((100 * gate) + unit + 1, matrix.Panel(unit / 8)[32 + (gate * 8) + (unit % 8)]);
            }
        }

        Assert.Equal(32, matrix.Layout.InPanel(0));
        Assert.Equal(12, matrix.Layout.InPanel(1));
        Assert.Equal(5, new MatrixParameter("p", 1, 37, ColumnOrder.Plain).Layout.InPanel(1));
    }

    [Theory]
    [InlineData(33, ColumnOrder.Plain)]
    [InlineData(44, ColumnOrder.Gates)]
    public void VectorsComeBackAsTheyWentIn(int columns, ColumnOrder order)
    {
        VectorParameter vector = new("b", columns, order);
        float[] torch = Enumerable.Range(1, columns).Select(i => (float)i).ToArray();
        vector.ReadFrom(torch);
        float[] back = new float[columns];
        vector.WriteTo(back);
        Assert.Equal(torch, back);
        Assert.Equal(64, vector.PaddedColumns);
        Assert.Equal(torch.Sum(), vector.Storage.Span.ToArray().Sum());
    }

    [Fact]
    public void TablesAndGradientsComeBackInTorchLayout()
    {
        TableParameter table = new("t", 4, 3);
        float[] torch = Enumerable.Range(1, 12).Select(i => (float)i).ToArray();
        table.ReadFrom(torch);
        float[] back = new float[12];
        table.WriteTo(back);
        Assert.Equal(torch, back);

        MatrixParameter matrix = new("m", 3, 8, ColumnOrder.Gates);
        MatrixGradient gradient = new(matrix);
        matrix.ReadFrom(Enumerable.Range(1, 24).Select(i => (float)i).ToArray());
        matrix.Storage.Span.CopyTo(gradient.Storage.Span);
        float[] values = new float[24];
        gradient.WriteTo(values);
        Assert.Equal(Enumerable.Range(1, 24).Select(i => (float)i), values);
        VectorParameter vector = new("b", 8, ColumnOrder.Gates);
        vector.ReadFrom(torch.AsSpan(0, 8));
        VectorGradient bias = new(vector);
        vector.Storage.Span.CopyTo(bias.Storage.Span);
        bias.WriteTo(values.AsSpan(0, 8));
        Assert.Equal(torch.Take(8), values.Take(8));
    }

    [Fact]
    public void MistakesAreNamed()
    {
        MatrixParameter matrix = new("Lower.weight_ih_l0", 3, 8, ColumnOrder.Gates);
        Assert.Equal(
            "Parameter 'Lower.weight_ih_l0' has 24 numbers in the shape [8, 3], but 23 were given.",
            Assert.Throws<ArgumentException>(() => matrix.ReadFrom(new float[23])).Message);
        Assert.Throws<ArgumentException>(() => matrix.WriteTo(new float[25]));
        Assert.Throws<ArgumentException>(() => new MatrixParameter("m", 3, 9, ColumnOrder.Gates));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MatrixParameter("m", 0, 9, ColumnOrder.Plain));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MatrixParameter("m", 100_000, 100_000, ColumnOrder.Plain));
        Assert.Throws<InvalidOperationException>(ReadRows);

        unsafe void ReadRows() => _ = *matrix.RowsPointer();
    }
}
