using SdCompiler.Generator.Model;

namespace SdCompiler.Generator.Graph;

/// <summary>One layer of the graph; a stack of n LSTM layers counts n.</summary>
/// <param name="Name">A name that is unique in the emitted file, such as <c>Encoder_L1</c>.</param>
/// <param name="Label">The name in texts and checkpoints, such as <c>Encoder.1</c>.</param>
/// <param name="Declared">The member that declares it.</param>
internal sealed record LayerInfo(string Name, string Label, LayerModel Declared);
