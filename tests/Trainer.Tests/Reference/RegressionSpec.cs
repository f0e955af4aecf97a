using System.Collections.Generic;

namespace SdCompiler.Trainer.Tests.Reference;

/// <summary>Squared error, mean over outputs and rows, summed over time.</summary>
internal sealed record RegressionSpec(string Name, int Outputs) : LayerSpec(Name)
{
    protected override (string Name, List<string> Arguments) Describe() => ("Regression", [Text(Outputs)]);
}
