using System;
using System.Linq;
using System.Text.Json;

namespace SdCompiler.Samples.Benchmarks.Peers;

/// <summary>What a peer said of itself in one run; null where it does not measure something.</summary>
/// <param name="Name">What it calls itself.</param>
/// <param name="StepMs">Time of a step.</param>
/// <param name="ForwardMs">Forward, all of it where the peer does not tell its softmax layer apart.</param>
/// <param name="BackwardMs">Backward, gradients of weights included.</param>
/// <param name="SoftmaxMs">The softmax layer, forward and backward.</param>
/// <param name="UpdateMs">Clipping and the update.</param>
/// <param name="Gflops">GFLOP/s of the whole step.</param>
/// <param name="TokensPerS">Tokens per second.</param>
/// <param name="PeakMemoryMb">The most memory that its process had, in 10^6 bytes.</param>
internal sealed record PeerRun(
    string Name,
    double StepMs,
    double? ForwardMs,
    double? BackwardMs,
    double? SoftmaxMs,
    double? UpdateMs,
    double? Gflops,
    double TokensPerS,
    double PeakMemoryMb)
{
    /// <summary>Below so many milliseconds, whole tokens per second are finer than hundredths of a millisecond, which is what peers print.</summary>
    private const double FinerAsSpeed = 3;

    /// <summary>Time of a token, where a step has only one.</summary>
    public double TokenMs => StepMs < FinerAsSpeed ? 1e3 / TokensPerS : StepMs;

    /// <summary>Reads the JSON line that a peer prints.</summary>
    /// <param name="result">The peer's process.</param>
    /// <exception cref="PeerException">The process failed, or its last line is not what a peer prints.</exception>
    public static PeerRun From(ChildResult result)
    {
        if (result.ExitCode != 0)
        {
            throw new PeerException($"it ended with exit code {result.ExitCode}{result.LastErrorLine(": ")}");
        }

        string line = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "";
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement root = document.RootElement;
            return new PeerRun(
                root.GetProperty("peer").GetString() ?? "",
                root.GetProperty("step_ms").GetDouble(),
                Number(root, "lstm_forward_ms") ?? Number(root, "forward_ms"),
                Number(root, "lstm_backward_ms") ?? Number(root, "backward_ms"),
                Number(root, "softmax_layer_ms"),
                Number(root, "update_ms"),
                Number(root, "gflops"),
                root.GetProperty("tokens_per_s").GetDouble(),
                result.PeakMemoryMb);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or System.Collections.Generic.KeyNotFoundException)
        {
            throw new PeerException($"its last line is not the JSON that a peer prints: '{line}'", e);
        }
    }

    private static double? Number(JsonElement root, string name) => root.TryGetProperty(name, out JsonElement value) ? value.GetDouble() : null;
}
