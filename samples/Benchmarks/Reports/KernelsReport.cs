using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using SdCompiler.Samples.Benchmarks.Measuring;
using SdCompiler.Samples.Shared.Progress;

namespace SdCompiler.Samples.Benchmarks.Reports;

/// <summary>The results of <c>kernels</c>.</summary>
internal sealed record KernelsReport
{
    /// <summary>Where and how it was measured.</summary>
    public required ReportHeader Header { get; init; }

    /// <summary>One entry per product and size.</summary>
    public required IReadOnlyList<KernelResult> Results { get; init; }

    /// <summary>Writes one table per product.</summary>
    public void Write(TextWriter output)
    {
        output.WriteLine();
        output.WriteLine("GFLOP/s on kept work (and as a share of the peak), one thread, W of H rows and 4H columns");
        output.WriteLine(Header.Text());
        foreach (IGrouping<LayerProduct, KernelResult> product in Results.GroupBy(result => result.Product))
        {
            output.WriteLine();
            Table(product).Write(output);
        }
    }

    private static TextTable Table(IGrouping<LayerProduct, KernelResult> product)
    {
        double[] keep = product.Select(result => result.Keep).Distinct().ToArray();
        TextTable table = new([Title(product.Key), "B", .. keep.Select(share => string.Create(CultureInfo.InvariantCulture, $"keep {share:0.##}"))]);
        foreach (IGrouping<(int Units, int Rows), KernelResult> size in product.GroupBy(result => (result.Units, result.Rows)))
        {
            string[] cells = size.Select(result => string.Create(CultureInfo.InvariantCulture, $"{result.Gflops:0} ({result.OfPeak:0.00})")).ToArray();
            table.Add([Text(size.Key.Units), Text(size.Key.Rows), .. cells]);
        }

        return table;
    }

    private static string Title(LayerProduct product) => product switch
    {
        LayerProduct.Forward => "forward, H",
        LayerProduct.Backward => "backward, H",
        LayerProduct.WeightGradient => "weight gradient, H",
        LayerProduct.RecurrentForward => "recurrent forward, H",
        LayerProduct.RecurrentForwardWithCell => "recurrent forward with cell, H",
        LayerProduct.RecurrentBackward => "recurrent backward, H",
        _ => throw new ArgumentOutOfRangeException(nameof(product), product, "Not a product."),
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
