using System;
using System.Linq;
using Xunit;

namespace SdCompiler.Runtime.Tests;

/// <summary>The filters of a convolution: PyTorch's layout outside, one matrix with a column for each tap of each filter inside.</summary>
public sealed unsafe class ConvolutionParameterTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(4, 5, 3)]
    [InlineData(7, 23, 3)]
    [InlineData(3, 70, 5)]
    public void ColumnsAreTapsOfFilters(int width, int filters, int taps)
    {
        MatrixParameter parameter = MatrixParameter.Convolution("w", width, filters, taps);
        Assert.Equal([filters, width, taps], parameter.Shape.ToArray());
        Assert.Equal((width, filters * taps, taps), (parameter.Rows, parameter.Columns, parameter.Taps));
        float[] values = Enumerable.Range(1, filters * width * taps).Select(i => (float)i).ToArray();
        parameter.EnsureRows();
        parameter.ReadFrom(values);
        for (int filter = 0; filter < filters; filter++)
        {
            for (int tap = 0; tap < taps; tap++)
            {
                int column = (tap * filters) + filter;
                for (int unit = 0; unit < width; unit++)
                {
                    float expected = values[(((filter * width) + unit) * taps) + tap];
                    Assert.Equal(expected, parameter.Panel(column / 32)[(unit * 32) + (column % 32)]);
                    Assert.Equal(expected, parameter.RowsPointer()[(unit * parameter.PaddedColumns) + column]);
                }
            }
        }

        float[] back = new float[values.Length];
        parameter.WriteTo(back);
        Assert.Equal(values, back);

        MatrixGradient gradient = new(parameter);
        parameter.Storage.Span.CopyTo(gradient.Storage.Span);
        Array.Clear(back);
        gradient.WriteTo(back);
        Assert.Equal(values, back);
    }

    [Fact]
    public void FirstValuesDependOnWhatAFilterReads()
    {
        const int Width = 10, Filters = 200, Taps = 3;
        ModelParameters model = new(1, MatrixParameter.Convolution("w", Width, Filters, Taps), new VectorParameter("b", Filters, ColumnOrder.Plain));
        float[] values = new float[Width * Filters * Taps];
        foreach ((Initializer initializer, double range) in new[] { (Initializer.Default, Math.Sqrt(1.0 / 30)), (Initializer.Glorot, Math.Sqrt(6.0 / (30 + 600))), (Initializer.Uniform, 0.05) })
        {
            model.Initialize("w", ParameterRole.ConvolutionWeight, Width * Taps, Filters, initializer, 0.05);
            model["w"].WriteTo(values);
            Assert.InRange(values.Max(), 0.99 * range, range);
            Assert.InRange(values.Min(), -range, -0.99 * range);
        }

        Assert.Throws<ArgumentException>(() => model.Initialize("w", ParameterRole.ConvolutionWeight, Width, Filters, Initializer.Default, 0));
        Assert.Throws<ArgumentException>(() => model.Initialize("w", ParameterRole.LinearWeight, Width * Taps, Filters, Initializer.Default, 0));
    }
}
