using System;

namespace SdCompiler.Runtime.Tests.Training;

/// <summary>The predictor of an <see cref="EmissionModel"/>.</summary>
internal sealed class EmissionPredictor(EmissionModel model, int rows) : SentencePredictor<EmissionBatch>(() => new EmissionBody(model, rows))
{
    public void Tag(EmissionBatch batch, Span<int> tags) => Decode(batch, tags);
}
