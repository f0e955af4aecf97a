using System;
using SdCompiler.Runtime;

namespace SdCompiler;

/// <summary>
/// Sequences for one call of a trainer or predictor; reusable. Arrays are time-major: element (step t, row r) stands at t * rows + r.
/// Rows of different lengths are given by <see cref="Lengths"/>; what lies behind a row's length is never read, and costs nothing.
/// </summary>
public abstract class LstmBatch
{
    /// <summary>Rows (sequences); 0 stands for the model's batch size.</summary>
    public int Rows { get; set; }

    /// <summary>Time steps of the arrays; 0 stands for as many as the inputs have.</summary>
    public int Steps { get; set; }

    /// <summary>Steps of each row, 1 to <see cref="Steps"/>, in any order; empty when every row has all steps.</summary>
    public ReadOnlyMemory<int> Lengths { get; set; }

    /// <summary>
    /// How long the batch is beside the length that the optimizer's settings are for, where lengths are drawn: 70 steps and 35 make 0.5. A step brings the gradient of a loss that is summed over time to that
    /// length (divides it by this) before it is clipped, and multiplies the learning rate by it. 1 changes nothing. Only on the CPU.
    /// </summary>
    public double LengthScale { get; set; } = 1;

    /// <summary>Copies inputs and targets by calling the writer once for each of them, for every window and for the check before the first; emitted code.</summary>
    /// <param name="writer">Knows which rows and steps are wanted, and checks values.</param>
    public abstract void CopyTo(WindowWriter writer);

    /// <summary>How many steps the inputs have, for <see cref="Steps"/> of 0; emitted code.</summary>
    /// <param name="rows">Rows of the batch.</param>
    public abstract int InferSteps(int rows);
}
