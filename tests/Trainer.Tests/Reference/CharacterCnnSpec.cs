using System.Collections.Generic;

namespace SdCompiler.Trainer.Tests.Reference;

/// <summary>The largest value of each filter of a convolution over the vectors of a word's characters.</summary>
internal sealed record CharacterCnnSpec(string Name, int Characters, int CharacterWidth) : CharacterSpec(Name, Characters, CharacterWidth)
{
    public int Filters { get; init; } = 5;

    /// <summary>Characters that a filter sees.</summary>
    public int Window { get; init; } = 3;

    public override int Outputs => Filters;

    protected override (string Name, List<string> Arguments) Describe()
    {
        List<string> arguments = [Count, Text(CharacterWidth)];
        Add(arguments, "Filters", Text(Filters));
        Add(arguments, "Window", Text(Window));
        Add(arguments, "MaximumLength", Text(MaximumLength));
        return ("CharacterCnn", arguments);
    }
}
