using System;
using System.IO;

namespace SdCompiler;

/// <summary>The names of a checkpoint folder: versions such as <c>000012-step-3400</c>, and two pointers, each a text file that names one version.</summary>
internal static class CheckpointNames
{
    public const string Current = "current";
    public const string Best = "best";
    public const string Manifest = "manifest.json";
    public const string Weights = "weights.safetensors";
    public const string Optimizer = "optimizer.safetensors";
    public const string State = "state.safetensors";
    public const string Training = "training.json";
    public const string Lock = ".lock";
    public const string WritingPrefix = ".writing-";
    public const string DeletingPrefix = ".deleting-";

    private const int SequenceDigits = 6;

    public static string Version(long sequence, long step) => FormattableString.Invariant($"{sequence:D6}-step-{step}");

    /// <summary>The number by which versions are ordered; false for any other name, so that a damaged pointer cannot lead out of the folder.</summary>
    public static bool TryParse(string name, out long sequence)
    {
        sequence = 0;
        int dash = name.IndexOf("-step-", StringComparison.Ordinal);
        return dash >= SequenceDigits
            && long.TryParse(name.AsSpan(0, dash), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out sequence)
            && long.TryParse(name.AsSpan(dash + 6), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out _);
    }

    /// <summary>Whether a name is that of a file inside a version, and nothing else.</summary>
    public static bool IsFileName(string name) =>
        name.Length > 0 && name[0] != '.' && name.IndexOfAny(['/', '\\', ':', '\0']) < 0 && name == Path.GetFileName(name);
}
