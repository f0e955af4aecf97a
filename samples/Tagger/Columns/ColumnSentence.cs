using System.Collections.Generic;

namespace SdCompiler.Samples.Tagger.Columns;

/// <summary>A sentence of a column file.</summary>
/// <param name="Line">The line of its first token, counted from 1; token i stands on line <c>Line + i</c>.</param>
/// <param name="Rows">The columns of each token.</param>
internal sealed record ColumnSentence(long Line, IReadOnlyList<string[]> Rows);
