namespace SdCompiler.Samples.Tagger.Columns;

/// <summary>Where a column file has what; numbers below 0 count from the last column, which is -1.</summary>
/// <param name="Word">The column of the word.</param>
/// <param name="Tag">The column of the tag.</param>
internal sealed record ColumnOptions(int Word = 0, int Tag = -1);
