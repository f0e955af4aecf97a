namespace SdCompiler.Generator.Graph;

/// <summary>The three phases of a training step.</summary>
internal enum Phase
{
    Forward,
    Backward,
    WeightGradient,
}
