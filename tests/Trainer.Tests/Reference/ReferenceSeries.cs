namespace SdCompiler.Trainer.Tests.Reference;

/// <summary>x[t] as given.</summary>
internal sealed class ReferenceSeries(SeriesSpec spec) : ReferenceLayer
{
    public override Sequence Forward(Sequence x, ReferencePass pass)
    {
        float[] values = pass.Window.Series[spec.Name];
        Sequence y = x.Like(spec.Width);
        for (int t = 0; t < y.Steps; t++)
        {
            for (int row = 0; row < y.Rows; row++)
            {
                for (int unit = 0; pass.Window.Has(t, row) && unit < spec.Width; unit++)
                {
                    y[t, row, unit] = values[(((t * y.Rows) + row) * spec.Width) + unit];
                }
            }
        }

        return y;
    }

    public override Sequence Backward(Sequence dy, ReferencePass pass) => dy.Like(0);
}
