namespace SdCompiler.Trainer.Tests.Prediction;

/// <summary>What torch_lstm.py prints.</summary>
/// <param name="Outputs">[steps, rows, outputs].</param>
/// <param name="Hidden">[layers, rows, units].</param>
/// <param name="Cell">[layers, rows, units].</param>
internal sealed record TorchOutputs(float[] Outputs, float[] Hidden, float[] Cell);
