using System;
using System.Globalization;

namespace SdCompiler.Samples.Shared.Progress;

/// <summary>Shows a run while it goes on.</summary>
internal abstract class ProgressDisplay
{
    /// <summary>The display that suits where the output goes.</summary>
    public static ProgressDisplay For(CommandContext context) =>
        context.IsTerminal ? new TerminalProgress(context.Output) : new PlainProgress(context.Output);

    /// <summary>Runs something that reports steps and lines.</summary>
    /// <param name="name">What it is, in a few words.</param>
    /// <param name="body">The run.</param>
    public abstract void Run(string name, Action body);

    /// <summary>Reports progress; cheap enough to be called after every step.</summary>
    public abstract void Step(in RunProgress progress);

    /// <summary>Writes a line that stays.</summary>
    public abstract void Line(string text);

    /// <summary>A duration as people say it: "42 s", "3 min 5 s", "2 h 10 min".</summary>
    protected static string Text(TimeSpan time) => time.TotalSeconds switch
    {
        < 60 => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, Math.Ceiling(time.TotalSeconds)):0} s"),
        < 3600 => $"{time.Minutes} min {time.Seconds} s",
        _ => $"{(int)time.TotalHours} h {time.Minutes} min",
    };

    /// <summary>The figures of a step in one line, without the share done.</summary>
    protected static string Figures(in RunProgress progress) => string.Create(
        CultureInfo.InvariantCulture,
        $"epoch {progress.Epoch}/{progress.Epochs}{(double.IsFinite(progress.Value) ? "  " + progress.Measure.Name + " " + progress.Value.ToString(progress.Measure.Format, CultureInfo.InvariantCulture) : "")}{(double.IsFinite(progress.TokensPerSecond) ? FormattableString.Invariant($"  {progress.TokensPerSecond:#,0} tokens/s  {Text(progress.Left)} left") : "")}");
}
