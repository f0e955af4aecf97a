using System;

namespace SdCompiler.Runtime.Tests.Training;

/// <summary>A batch of an <see cref="EmissionModel"/>.</summary>
internal sealed class EmissionBatch : LstmBatch
{
    public required ReadOnlyMemory<float> Numbers { get; init; }

    public override void CopyTo(WindowWriter writer) => writer.Series(0, nameof(Numbers), Numbers.Span);

    public override int InferSteps(int rows) => Numbers.Length / (rows * EmissionModel.Width);
}
