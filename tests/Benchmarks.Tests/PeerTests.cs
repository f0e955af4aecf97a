using System;
using System.Collections.Generic;
using System.Threading;
using SdCompiler.Samples.Benchmarks.Peers;
using Xunit;

namespace SdCompiler.Benchmarks.Tests;

public sealed class PeerTests
{
    private const string OneDnn = """{"peer":"oneDNN dense","H":650,"B":20,"T":35,"V":10000,"lstm_forward_ms":25.00,"lstm_backward_ms":46.80,"softmax_layer_ms":70.90,"update_ms":5.90,"step_ms":149.20,"gflops":372.1,"tokens_per_s":4690}""";
    private const string PyTorch = """{"peer": "PyTorch 1.13", "recurrent_dropout": false, "threads": 1, "H": 650, "forward_ms": 261.9, "backward_ms": 517.7, "update_ms": 15.7, "step_ms": 820.0, "tokens_per_s": 854}""";

    [Fact]
    public void ThePeersOwnNamesAreUnderstood()
    {
        PeerRun dnn = PeerRun.From(new ChildResult(0, "a line of its library\n" + OneDnn + "\n", "", 439));
        Assert.Equal(new PeerRun("oneDNN dense", 149.2, 25, 46.8, 70.9, 5.9, 372.1, 4690, 439), dnn);
        PeerRun torch = PeerRun.From(new ChildResult(0, PyTorch + "\n", "", 719));
        Assert.Equal(new PeerRun("PyTorch 1.13", 820, 261.9, 517.7, null, 15.7, null, 854, 719), torch);
    }

    [Theory]
    [InlineData(0, "", "its last line is not the JSON that a peer prints: ''")]
    [InlineData(0, "no JSON", "its last line is not the JSON that a peer prints: 'no JSON'")]
    [InlineData(0, "{\"peer\":\"x\"}", "its last line is not the JSON that a peer prints: '{\"peer\":\"x\"}'")]
    [InlineData(132, "", "it ended with exit code 132: Illegal instruction")]
    public void APeerThatFailsSaysWhy(int exitCode, string output, string reason)
    {
        PeerException error = Assert.Throws<PeerException>(() => PeerRun.From(new ChildResult(exitCode, output, "first line\nIllegal instruction.\n", 1)));
        Assert.Equal(reason, error.Message);
    }

    [ShellFact]
    public void AChildProcessIsReadAndWatched()
    {
        ChildResult result = ChildProcess.Run("/bin/sh", ["-c", $"sleep 0.3; echo '{OneDnn}'; echo \"$PEER\" >&2; exit 0"], new Dictionary<string, string> { ["PEER"] = "a word" }, null, CancellationToken.None);
        Assert.Equal(149.2, PeerRun.From(result).StepMs);
        Assert.Equal("a word\n", result.Error);
        Assert.True(result.PeakMemoryMb > 0);
    }

    [ShellFact]
    public void AStopEndsTheChildProcess()
    {
        using CancellationTokenSource stop = new();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => ChildProcess.Run("/bin/sh", ["-c", "sleep 60"], new Dictionary<string, string>(), null, stop.Token));
    }
}
