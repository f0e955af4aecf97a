using System.Collections.Generic;

namespace SdCompiler.Trainer.Tests.Reference;

/// <summary>A stack of LSTM layers, gates in the order i, f, g, o.</summary>
internal sealed record LstmSpec(string Name, int Units) : LayerSpec(Name)
{
    /// <summary>Layers of the stack.</summary>
    public int Layers { get; init; } = 1;

    /// <summary>Drop probability of the previous hidden state.</summary>
    public double RecurrentDropout { get; init; }

    /// <summary>The pattern at the recurrent site, where it is not the variant's.</summary>
    public DropoutPattern? RecurrentPattern { get; init; }

    /// <summary>The encoder whose last state it starts from, or null.</summary>
    public string? InitialState { get; init; }

    /// <summary>The attention whose output of the step before it reads too, or null.</summary>
    public string? Feedback { get; init; }

    protected override (string Name, List<string> Arguments) Describe()
    {
        List<string> arguments = [Text(Units)];
        Add(arguments, "Layers", Layers == 1 ? null : Text(Layers));
        Add(arguments, "RecurrentDropout", Rate(RecurrentDropout));
        Add(arguments, "RecurrentPattern", Pattern(RecurrentPattern));
        Add(arguments, "InitialState", InitialState is null ? null : "nameof(" + InitialState + ")");
        Add(arguments, "Feedback", Feedback is null ? null : "nameof(" + Feedback + ")");
        return ("Lstm", arguments);
    }
}
