namespace SdCompiler.Runtime;

/// <content>The convolution over a word. Every set gives the same bits.</content>
public abstract unsafe partial class KernelSet
{
    /// <summary>
    /// best[f] = bias[f] + the largest over places p of the word of the sum over taps k of q[p + k - (taps - 1) / 2][k * filters + f], and the first p that has it
    /// (S3). Taps outside the word add nothing; a place of NaN is the largest.
    /// </summary>
    /// <param name="q">[character][stride]: what each character adds to each tap of each filter.</param>
    /// <param name="stride">Floats from one character to the next.</param>
    /// <param name="length">Characters of the word, at least 1.</param>
    /// <param name="filters">Filters; any number.</param>
    /// <param name="taps">Taps of a filter, an odd number.</param>
    /// <param name="bias">[filters].</param>
    /// <param name="best">[filters], written.</param>
    /// <param name="place">[filters], written: whole numbers in [0, length).</param>
    internal abstract void LargestPlace(float* q, int stride, int length, int filters, int taps, float* bias, float* best, float* place);
}
