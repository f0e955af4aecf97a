using System;

namespace SdCompiler.Runtime;

/// <summary>Numbers of the rows of one sentence in a body's workspace.</summary>
/// <param name="Workspace">The workspace.</param>
/// <param name="Start">Where the sentence's first row begins.</param>
/// <param name="Stride">Floats from one row to the next.</param>
/// <param name="Count">Numbers in a row.</param>
internal readonly record struct BeamRows(Workspace Workspace, int Start, int Stride, int Count)
{
    public ReadOnlySpan<float> this[int row] => Workspace.Span(Start + (row * Stride), Count);
}
