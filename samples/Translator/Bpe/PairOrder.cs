using System.Collections.Generic;

namespace SdCompiler.Samples.Translator.Bpe;

/// <summary>Puts the pair to merge first: the most frequent one; among equals the one whose left symbol, and then right symbol, is the greatest.</summary>
/// <remarks>subword-nmt compares as Python does, by Unicode scalar values; UTF-16 order differs from it where surrogates are involved.</remarks>
internal sealed class PairOrder : IComparer<(long Count, BpeMerge Pair)>
{
    /// <inheritdoc/>
    public int Compare((long Count, BpeMerge Pair) x, (long Count, BpeMerge Pair) y)
    {
        int order = y.Count.CompareTo(x.Count);
        order = order != 0 ? order : CompareSymbols(y.Pair.Left, x.Pair.Left);
        return order != 0 ? order : CompareSymbols(y.Pair.Right, x.Pair.Right);
    }

    /// <summary>Compares by scalar values.</summary>
    public static int CompareSymbols(string x, string y)
    {
        for (int i = 0; i < x.Length && i < y.Length; i++)
        {
            if (x[i] != y[i])
            {
                // A surrogate is a part of a character beyond U+FFFF, and so of one greater than any that is no surrogate.
                bool xHigh = char.IsSurrogate(x[i]);
                return xHigh != char.IsSurrogate(y[i]) ? (xHigh ? 1 : -1) : x[i].CompareTo(y[i]);
            }
        }

        return x.Length.CompareTo(y.Length);
    }
}
