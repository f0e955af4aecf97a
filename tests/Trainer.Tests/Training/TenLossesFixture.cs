using System.Collections.Generic;

namespace SdCompiler.Trainer.Tests.Training;

/// <summary>What ten_losses.json holds.</summary>
/// <param name="Losses">The loss of each step.</param>
/// <param name="Gradients">The first step's gradients, PyTorch's names and layout.</param>
internal sealed record TenLossesFixture(double[] Losses, Dictionary<string, double[]> Gradients);
