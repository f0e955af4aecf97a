namespace SdCompiler.Trainer.Tests.Reference;

/// <summary>The penalties on an LSTM's output: summed over time, mean over rows and units.</summary>
internal static class ReferencePenalty
{
    /// <summary>Their sum; their gradient is added to <paramref name="gradient"/> where there is one.</summary>
    public static double Add(LstmSpec lstm, Sequence h, ReferencePass pass, Sequence? gradient)
    {
        double sum = 0;
        double mean = 1.0 / (h.Rows * h.Units);
        for (int row = 0; row < h.Rows; row++)
        {
            for (int t = 0; t < pass.Window.Lengths[row]; t++)
            {
                for (int unit = 0; unit < h.Units; unit++)
                {
                    double mask = pass.Masks.Unit(lstm.Name, lstm.Layers - 1, DropoutSites.Output, t, unit, row);
                    double dropped = mask * h[t, row, unit];
                    sum += lstm.ActivationPenalty * mean * dropped * dropped;
                    double change = t == 0 ? 0 : h[t, row, unit] - h[t - 1, row, unit];
                    sum += lstm.TemporalPenalty * mean * change * change;
                    if (gradient is not null)
                    {
                        gradient[t, row, unit] += 2 * lstm.ActivationPenalty * mean * mask * dropped;
                        gradient[t, row, unit] += 2 * lstm.TemporalPenalty * mean * change;
                        if (t > 0)
                        {
                            gradient[t - 1, row, unit] -= 2 * lstm.TemporalPenalty * mean * change;
                        }
                    }
                }
            }
        }

        return sum;
    }
}
