namespace SdCompiler.Runtime;

/// <content>One step along a chain of tags. Every set gives the same bits.</content>
public abstract unsafe partial class KernelSet
{
    /// <summary>
    /// The sum over k of e^(a[k] + w[k,j]) for each column j (C1, C2), as its largest exponent and the sum of what is left:
    /// max[j] = largest a[k] + w[k,j]; sum[j] = sum over k of e^(a[k] + w[k,j] - max[j]), in ascending order.
    /// </summary>
    /// <param name="a">[rows].</param>
    /// <param name="w">[row][columns].</param>
    /// <param name="rows">How many terms a sum has, at least 1.</param>
    /// <param name="columns">How many sums, a multiple of 16.</param>
    /// <param name="max">[columns], written.</param>
    /// <param name="sum">[columns], written: at least 1; 0 where every exponent is negative infinity; NaN where one is NaN or positive infinity.</param>
    /// <param name="termsOrNull">Receives the terms, [row][columns].</param>
    internal abstract void SumExpColumns(float* a, float* w, int rows, int columns, float* max, float* sum, float* termsOrNull);

    /// <summary>max[j] = the largest a[k] + w[k,j], and the first k that has it (C5).</summary>
    /// <param name="a">[rows].</param>
    /// <param name="w">[row][columns].</param>
    /// <param name="rows">How many there are to choose from, 1 to 2^24.</param>
    /// <param name="columns">How many choices, a multiple of 16.</param>
    /// <param name="max">[columns], written.</param>
    /// <param name="index">[columns], written: whole numbers in [0, rows); 0 where nothing is larger than negative infinity.</param>
    internal abstract void MaxColumns(float* a, float* w, int rows, int columns, float* max, float* index);
}
