using System.Collections.Generic;
using System.Globalization;

namespace SdCompiler.Trainer.Tests.Reference;

/// <summary>One layer of a <see cref="ModelSpec"/>: what the reference computes and how the annotated source spells it.</summary>
/// <param name="Name">The member's name, which is also the first part of its parameters' names.</param>
internal abstract record LayerSpec(string Name)
{
    /// <summary>The layer to read, or null for the one above.</summary>
    public string? From { get; init; }

    /// <summary>Drop probability of what the layer reads. The reference ignores rates: it is given the multipliers.</summary>
    public double InputDropout { get; init; }

    /// <summary>Drop probability of what the layer gives.</summary>
    public double OutputDropout { get; init; }

    /// <summary>The pattern at the input site, where it is not the variant's.</summary>
    public DropoutPattern? InputPattern { get; init; }

    /// <summary>The pattern at the output site, where it is not the variant's.</summary>
    public DropoutPattern? OutputPattern { get; init; }

    /// <summary>The attribute without its brackets, and the type of the property.</summary>
    public (string Attribute, string Type) Source
    {
        get
        {
            (string name, List<string> arguments) = Describe();
            Add(arguments, "From", From is null ? null : "nameof(" + From + ")");
            Add(arguments, "InputDropout", Rate(InputDropout));
            Add(arguments, "OutputDropout", Rate(OutputDropout));
            Add(arguments, "InputPattern", Pattern(InputPattern));
            Add(arguments, "OutputPattern", Pattern(OutputPattern));
            return (name + "(" + string.Join(", ", arguments) + ")", name + "Layer");
        }
    }

    /// <summary>The attribute's name and the arguments that only this kind of layer has.</summary>
    protected abstract (string Name, List<string> Arguments) Describe();

    protected static void Add(List<string> arguments, string name, string? value)
    {
        if (value is not null)
        {
            arguments.Add(name + " = " + value);
        }
    }

    protected static string? Rate(double rate) => rate == 0 ? null : rate.ToString("R", CultureInfo.InvariantCulture);

    protected static string? Pattern(DropoutPattern? pattern) => pattern is null ? null : "DropoutPattern." + pattern;

    protected static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
