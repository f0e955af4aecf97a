using System.Globalization;

namespace SdCompiler.Samples.Shared.Training;

/// <summary>What the user says again of a run that goes on must be what the run began with.</summary>
internal static class SavedOption
{
    /// <summary>Refuses another value.</summary>
    /// <param name="option">The option.</param>
    /// <param name="asked">What the user said, or null for nothing.</param>
    /// <param name="saved">What the run began with.</param>
    /// <exception cref="UserErrorException">They differ.</exception>
    public static void Same(string option, string? asked, string saved)
    {
        if (asked is not null && asked != saved)
        {
            throw new UserErrorException($"{option} is '{asked}' and the run to resume has '{saved}'; leave the option out, or begin a new run in another folder.");
        }
    }

    /// <summary>Refuses another number.</summary>
    /// <param name="option">The option.</param>
    /// <param name="asked">What the user said, or null for nothing.</param>
    /// <param name="saved">What the run began with.</param>
    /// <exception cref="UserErrorException">They differ.</exception>
    public static void Same(string option, double? asked, double saved) => Same(option, asked is double number ? Text(number) : null, Text(saved));

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
