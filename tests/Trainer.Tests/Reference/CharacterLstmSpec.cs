using System.Collections.Generic;

namespace SdCompiler.Trainer.Tests.Reference;

/// <summary>Where an LSTM over the characters of a word ends in each direction.</summary>
internal sealed record CharacterLstmSpec(string Name, int Characters, int CharacterWidth) : CharacterSpec(Name, Characters, CharacterWidth)
{
    /// <summary>Units of each direction.</summary>
    public int Units { get; init; } = 5;

    public override int Outputs => 2 * Units;

    protected override (string Name, List<string> Arguments) Describe()
    {
        List<string> arguments = [Count, Text(CharacterWidth)];
        Add(arguments, "Units", Text(Units));
        Add(arguments, "MaximumLength", Text(MaximumLength));
        return ("CharacterLstm", arguments);
    }
}
