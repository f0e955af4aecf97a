namespace SdCompiler;

/// <summary>Predicts real numbers at every time step; the loss is the squared error, mean over the outputs and rows, summed over time.</summary>
public sealed class RegressionAttribute : LossAttribute
{
    /// <summary>A regression.</summary>
    /// <param name="outputs">Numbers predicted per row and time step.</param>
    public RegressionAttribute(int outputs) => Outputs = outputs;

    /// <summary>Numbers predicted per row and time step.</summary>
    public int Outputs { get; }
}
