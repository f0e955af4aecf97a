namespace SdCompiler.Samples.Shared.Charts;

/// <summary>One point of a learning curve.</summary>
/// <param name="Epoch">Epochs trained, from 1; fractions where training stopped inside an epoch.</param>
/// <param name="Value">What was measured there.</param>
internal readonly record struct CurvePoint(double Epoch, double Value);
