namespace SdCompiler.Trainer.Tests.Reference;

/// <summary>What dropout multiplies each number with: 0 where dropped, the inverse-keep scale where kept, 1 where a site has no dropout.</summary>
internal interface IMultipliers
{
    /// <summary>The multiplier of one number.</summary>
    /// <param name="layer">The member's name, with <c>/reverse</c> behind it for the reverse direction of an LSTM.</param>
    /// <param name="index">The layer of the stack; 0 for other kinds.</param>
    /// <param name="site">Input, Recurrent or Output.</param>
    /// <param name="t">The step.</param>
    /// <param name="unit">The unit of what is read (or given, at the output site).</param>
    /// <param name="row">The row of the batch.</param>
    double Unit(string layer, int index, DropoutSites site, int t, int unit, int row);

    /// <summary>The multiplier of one recurrent weight.</summary>
    /// <param name="layer">The member's name.</param>
    /// <param name="index">The layer of the stack.</param>
    /// <param name="t">The step.</param>
    /// <param name="unit">The unit of the previous state.</param>
    /// <param name="output">The row of weight_hh.</param>
    double Weight(string layer, int index, int t, int unit, int output);

    /// <summary>The multiplier of a whole word of an embedding.</summary>
    double Word(string layer, int token);
}
