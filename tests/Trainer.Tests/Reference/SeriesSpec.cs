using System.Collections.Generic;

namespace SdCompiler.Trainer.Tests.Reference;

/// <summary>A real-valued input.</summary>
internal sealed record SeriesSpec(string Name, int Width) : LayerSpec(Name)
{
    protected override (string Name, List<string> Arguments) Describe() => ("Series", [Text(Width)]);
}
