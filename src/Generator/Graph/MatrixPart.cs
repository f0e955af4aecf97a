namespace SdCompiler.Generator.Graph;

/// <summary>The rows of a matrix that one product reads, where several inputs stand side by side.</summary>
/// <param name="Number">The part's number among those of the matrix.</param>
/// <param name="Start">The first row; -1 until shapes are inferred.</param>
/// <param name="Rows">How many; 0 until shapes are inferred.</param>
internal sealed record MatrixPart(int Number, int Start, int Rows);
