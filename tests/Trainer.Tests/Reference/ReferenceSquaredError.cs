namespace SdCompiler.Trainer.Tests.Reference;

/// <summary>Squared error: mean over the outputs and rows, sum over time.</summary>
internal sealed class ReferenceSquaredError : ReferenceLoss
{
    public override (double Loss, Sequence Gradient) Evaluate(Sequence y, ReferenceWindow window)
    {
        double loss = 0;
        Sequence gradient = y.Like(y.Units);
        for (int t = 0; t < y.Steps; t++)
        {
            for (int row = 0; row < y.Rows; row++)
            {
                for (int n = 0; window.Has(t, row) && n < y.Units; n++)
                {
                    double error = y[t, row, n] - window.TargetSeries[(((t * y.Rows) + row) * y.Units) + n];
                    loss += error * error / (y.Units * y.Rows);
                    gradient[t, row, n] = 2 * error / (y.Units * y.Rows);
                }
            }
        }

        return (loss, gradient);
    }
}
