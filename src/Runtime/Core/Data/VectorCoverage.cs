namespace SdCompiler;

/// <summary>How many words of a vocabulary got a vector from a file.</summary>
/// <param name="Words">The words that asked.</param>
/// <param name="Exact">Those that the file has as they are written.</param>
/// <param name="LowerCase">Those that it has in lower case only.</param>
public readonly record struct VectorCoverage(int Words, int Exact, int LowerCase)
{
    /// <summary>The words that kept their first values.</summary>
    public int Missing => Words - Exact - LowerCase;

    /// <summary>The share of the words that got a vector; 0 without words.</summary>
    public double Share => Words == 0 ? 0 : (double)(Exact + LowerCase) / Words;
}
