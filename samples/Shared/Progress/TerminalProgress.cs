using System;
using System.Diagnostics;
using System.IO;
using Spectre.Console;

namespace SdCompiler.Samples.Shared.Progress;

/// <summary>Progress on a terminal: one live line with a bar, below the lines that stay.</summary>
internal sealed class TerminalProgress(TextWriter output) : ProgressDisplay
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly IAnsiConsole _console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
    private readonly Stopwatch _sinceUpdate = new();
    private ProgressTask? _task;

    public override void Run(string name, Action body) => _console
        .Progress()
        .AutoClear(true)
        .HideCompleted(true)
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new SpinnerColumn())
        .Start(context =>
        {
            _task = context.AddTask(Markup.Escape(name), maxValue: 1);
            _sinceUpdate.Restart();
            try
            {
                body();
            }
            finally
            {
                _task.StopTask();
                _task = null;
            }
        });

    public override void Step(in RunProgress progress)
    {
        if (_task is not null && _sinceUpdate.Elapsed >= Pause)
        {
            _task.Value = progress.Done;
            _task.Description = Markup.Escape(Figures(progress));
            _sinceUpdate.Restart();
        }
    }

    public override void Line(string text) => _console.MarkupLine(Markup.Escape(text));
}
