using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading;
using SdCompiler.Runtime.Tests.Data;
using SdCompiler.Runtime.Tests.Training;
using Xunit;
using Xunit.Abstractions;

namespace SdCompiler.Runtime.Tests.Checkpoints;

public sealed class KillTests
{
    private const int Kills = 50;

    private readonly ITestOutputHelper _output;

    public KillTests(ITestOutputHelper output) => _output = output;

    [Fact]
    public void AKilledProcessLeavesACompleteCheckpointEveryTime()
    {
        using var folder = new TemporaryFolder();
        string checkpoint = folder["checkpoint"];
        var random = new Random(1);
        int interrupted = 0;
        long safe = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            safe = RunAndKill(checkpoint, random.NextDouble() * 1.5, safe);
            interrupted += Directory.GetFileSystemEntries(checkpoint, ".*ing-*").Length > 0 ? 1 : 0;

            var model = new LeakyModel(vocabulary: 400, width: 32);
            using LeakyTrainer trainer = model.CreateTrainer(new Adam());
            CheckpointReader reader = CheckpointReader.Open(checkpoint);
            trainer.Load(reader);
            Assert.True(trainer.StepCount >= safe, $"kill {kill}: step {trainer.StepCount} is loadable, {safe} was promised");
            Assert.Equal("a\nb\n", reader.ReadText("vocabulary.txt"));
            safe = trainer.StepCount;
            if (File.Exists(Path.Combine(checkpoint, "best")))
            {
                Assert.Equal(0, CheckpointReader.Open(checkpoint, CheckpointChoice.Best).StepCount % 3);
            }
        }

        _output.WriteLine($"{Kills} kills at step {safe}; {interrupted} of them left an unfinished write behind.");
        Assert.True(interrupted > 0, "No kill hit a write in progress: the test shows nothing.");
    }

    /// <summary>Kills the process a number of save times after its second save. Returns the last step that it said was safe.</summary>
    private static long RunAndKill(string checkpoint, double saves, long before)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "SdCompiler.CheckpointVictim.dll"));
        start.ArgumentList.Add(checkpoint);
        using Process process = Process.Start(start)!;
        string? last = process.StandardOutput.ReadLine();
        long first = Stopwatch.GetTimestamp();
        last = process.StandardOutput.ReadLine() ?? last;
        Assert.True(last is not null, "The process ended before it wrote a checkpoint.");

        // In units of what a save takes on this machine just now, so that kills fall on every part of it.
        Thread.Sleep(saves * Stopwatch.GetElapsedTime(first));
        process.Kill();
        while (process.StandardOutput.ReadLine() is string line)
        {
            // A line that the kill cut short has lost its end, and would be too small a number: it proves nothing, and hurts nothing.
            last = line.Length > 0 ? line : last;
        }

        process.WaitForExit();
        return Math.Max(before, long.Parse(last!, CultureInfo.InvariantCulture));
    }
}
