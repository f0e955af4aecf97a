using System.Collections.Generic;
using System.Linq;

namespace SdCompiler.Trainer.Tests.Reference;

/// <summary>The outputs of several layers side by side.</summary>
internal sealed record ConcatSpec(string Name, params string[] Sources) : LayerSpec(Name)
{
    protected override (string Name, List<string> Arguments) Describe() =>
        ("Concat", Sources.Select(source => "nameof(" + source + ")").ToList());
}
