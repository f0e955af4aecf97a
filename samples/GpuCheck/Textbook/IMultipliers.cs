namespace SdCompiler.Samples.GpuCheck.Textbook;

/// <summary>What dropout multiplies with.</summary>
internal interface IMultipliers
{
    /// <summary>The multiplier of one unit of one row at a step; 1 where the model drops nothing.</summary>
    /// <param name="layer">The layer, such as <c>Memory.0</c>.</param>
    /// <param name="site">Input, recurrent or output.</param>
    /// <param name="t">The step.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="row">The row of the window.</param>
    double Of(string layer, DropoutSites site, int t, int unit, int row);
}
