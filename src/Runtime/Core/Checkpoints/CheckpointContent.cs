using System.Collections.Generic;

namespace SdCompiler;

/// <summary>What an application keeps in a checkpoint beside what the trainer keeps by itself.</summary>
public sealed class CheckpointContent
{
    /// <summary>Where training is in its data and schedule; null outside a loop.</summary>
    public TrainingPosition? Position { get; set; }

    /// <summary>Text files by their names, such as <c>vocabulary.txt</c>; written as UTF-8.</summary>
    public IDictionary<string, string> Texts { get; } = new Dictionary<string, string>();

    /// <summary>Short settings of the application by name, such as the schedule or the data's hash.</summary>
    public IDictionary<string, string> Properties { get; } = new Dictionary<string, string>();
}
