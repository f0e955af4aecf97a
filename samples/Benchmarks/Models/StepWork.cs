namespace SdCompiler.Samples.Benchmarks.Models;

/// <summary>What the compiler's plan says of a step, for the rows, steps and characters that are executed: the mean over the batches of a cycle.</summary>
/// <param name="Dense">Multiply-adds without dropout.</param>
/// <param name="Kept">Multiply-adds that are executed.</param>
/// <param name="Tokens">Places of the batch that hold something.</param>
internal readonly record struct StepWork(double Dense, double Kept, double Tokens)
{
    /// <summary>How many times faster a step can become at most, by arithmetic alone.</summary>
    public double Ceiling => Kept == 0 ? 1 : Dense / Kept;
}
