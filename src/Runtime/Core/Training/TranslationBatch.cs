using System;
using SdCompiler.Runtime;

namespace SdCompiler;

/// <summary>
/// Pairs of sequences for one call of a trainer: what is translated, and the translation. Row r of one side belongs to row r of the other; both sides have
/// their own steps and lengths. <see cref="LstmBatch.Steps"/> and <see cref="LstmBatch.Lengths"/> are those of the translation.
/// </summary>
public abstract class TranslationBatch : LstmBatch
{
    /// <summary>Time steps of the source's array; 0 stands for as many as it has.</summary>
    public int SourceSteps { get; set; }

    /// <summary>Steps of each row of the source, 1 to <see cref="SourceSteps"/>, in any order; empty when every row has all steps.</summary>
    public ReadOnlyMemory<int> SourceLengths { get; set; }

    /// <summary>How many steps the source has, for <see cref="SourceSteps"/> of 0; emitted code.</summary>
    /// <param name="rows">Rows of the batch.</param>
    public abstract int InferSourceSteps(int rows);
}
