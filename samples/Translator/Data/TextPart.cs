using System.Collections.Generic;

namespace SdCompiler.Samples.Translator.Data;

/// <summary>A part of the data, and how its files are known.</summary>
/// <param name="Name">As people say it.</param>
/// <param name="Option">The option that names its files.</param>
/// <param name="Names">What its files are called when nothing else is said: one of these comes before all that only begin so.</param>
internal sealed record TextPart(string Name, string Option, IReadOnlyList<string> Names)
{
    public static TextPart Train { get; } = new("training", "--train", ["train"]);

    public static TextPart Valid { get; } = new("validation", "--valid", ["valid", "val", "dev", "tst2012"]);

    public static TextPart Test { get; } = new("test", "--test", ["test", "tst2013"]);

    public static IReadOnlyList<TextPart> All { get; } = [Train, Valid, Test];
}
