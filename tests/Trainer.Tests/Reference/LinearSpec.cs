using System.Collections.Generic;

namespace SdCompiler.Trainer.Tests.Reference;

/// <summary>y = f(W x + b) at every step.</summary>
internal sealed record LinearSpec(string Name, int Units, Activation Activation) : LayerSpec(Name)
{
    protected override (string Name, List<string> Arguments) Describe()
    {
        List<string> arguments = [Text(Units)];
        Add(arguments, "Activation", Activation == Activation.None ? null : "Activation." + Activation);
        return ("Linear", arguments);
    }
}
