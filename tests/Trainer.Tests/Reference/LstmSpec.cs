using System.Collections.Generic;

namespace SdCompiler.Trainer.Tests.Reference;

/// <summary>A stack of LSTM layers, gates in the order i, f, g, o.</summary>
internal sealed record LstmSpec(string Name, int Units) : LayerSpec(Name)
{
    /// <summary>Layers of the stack.</summary>
    public int Layers { get; init; } = 1;

    /// <summary>In which direction of time it reads.</summary>
    public Direction Direction { get; init; }

    /// <summary>Numbers per row and step that one layer of the stack gives.</summary>
    public int OutputWidth => Direction == Direction.Both ? 2 * Units : Units;

    /// <summary>Drop probability of the previous hidden state.</summary>
    public double RecurrentDropout { get; init; }

    /// <summary>The pattern at the recurrent site, where it is not the variant's.</summary>
    public DropoutPattern? RecurrentPattern { get; init; }

    /// <summary>Drop probability of the recurrent weights.</summary>
    public double WeightDropout { get; init; }

    /// <summary>The pattern at the weight site, where it is not the variant's.</summary>
    public DropoutPattern? WeightPattern { get; init; }

    /// <summary>The factor of the mean square of the dropped output.</summary>
    public double ActivationPenalty { get; init; }

    /// <summary>The factor of the mean square of the output's changes.</summary>
    public double TemporalPenalty { get; init; }

    /// <summary>The encoder whose last state it starts from, or null.</summary>
    public string? InitialState { get; init; }

    /// <summary>The attention whose output of the step before it reads too, or null.</summary>
    public string? Feedback { get; init; }

    protected override (string Name, List<string> Arguments) Describe()
    {
        List<string> arguments = [Text(Units)];
        Add(arguments, "Layers", Layers == 1 ? null : Text(Layers));
        Add(arguments, "Direction", Direction == Direction.Forward ? null : "Direction." + Direction);
        Add(arguments, "RecurrentDropout", Rate(RecurrentDropout));
        Add(arguments, "RecurrentPattern", Pattern(RecurrentPattern));
        Add(arguments, "WeightDropout", Rate(WeightDropout));
        Add(arguments, "WeightPattern", Pattern(WeightPattern));
        Add(arguments, "ActivationPenalty", Rate(ActivationPenalty));
        Add(arguments, "TemporalPenalty", Rate(TemporalPenalty));
        Add(arguments, "InitialState", InitialState is null ? null : "nameof(" + InitialState + ")");
        Add(arguments, "Feedback", Feedback is null ? null : "nameof(" + Feedback + ")");
        return ("Lstm", arguments);
    }
}
