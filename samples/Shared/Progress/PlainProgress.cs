using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;

namespace SdCompiler.Samples.Shared.Progress;

/// <summary>Progress in a file or a pipe: a plain line now and then.</summary>
internal sealed class PlainProgress(TextWriter output) : ProgressDisplay
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);
    private readonly Stopwatch _sinceLine = Stopwatch.StartNew();

    public override void Run(string name, Action body)
    {
        _sinceLine.Restart();
        body();
    }

    public override void Step(in RunProgress progress)
    {
        if (_sinceLine.Elapsed >= Pause)
        {
            Line(string.Create(CultureInfo.InvariantCulture, $"  {progress.Done * 100,3:0} %  {Figures(progress)}"));
        }
    }

    public override void Line(string text)
    {
        output.WriteLine(text);
        output.Flush();
        _sinceLine.Restart();
    }
}
