namespace SdCompiler.Trainer.Tests.Reference;

/// <summary>x[t] = m(token) * table[token].</summary>
internal sealed class ReferenceEmbedding(EmbeddingSpec spec, string table) : ReferenceLayer
{
    public override Sequence Forward(Sequence x, ReferencePass pass)
    {
        double[] weights = pass.Parameters[table];
        Sequence y = x.Like(spec.Width);
        for (int t = 0; t < y.Steps; t++)
        {
            for (int row = 0; row < y.Rows; row++)
            {
                if (!pass.Window.Has(t, row))
                {
                    continue;
                }

                int token = pass.Window.Tokens[spec.Name][(t * y.Rows) + row];
                for (int unit = 0; unit < spec.Width; unit++)
                {
                    y[t, row, unit] = pass.Masks.Word(spec.Name, token) * weights[(token * spec.Width) + unit];
                }
            }
        }

        return y;
    }

    public override Sequence Backward(Sequence dy, ReferencePass pass)
    {
        double[] gradient = pass.Gradients[table];
        for (int t = 0; t < dy.Steps; t++)
        {
            for (int row = 0; row < dy.Rows; row++)
            {
                if (!pass.Window.Has(t, row))
                {
                    continue;
                }

                int token = pass.Window.Tokens[spec.Name][(t * dy.Rows) + row];
                for (int unit = 0; unit < spec.Width; unit++)
                {
                    gradient[(token * spec.Width) + unit] += pass.Masks.Word(spec.Name, token) * dy[t, row, unit];
                }
            }
        }

        return dy.Like(0);
    }
}
