using System;
using System.Linq;
using SdCompiler.Samples.Benchmarks.Reports;

namespace SdCompiler.Samples.Benchmarks.Publishing;

/// <summary>A peer's result, its name taken apart: "PyTorch, recurrent dropout, 2 threads" is what ran, and how.</summary>
/// <param name="Family">What ran; results that differ only in the setting are of one family.</param>
/// <param name="Setting">Threads, and how they wait; may be empty.</param>
/// <param name="Result">The result.</param>
internal sealed record PeerSetting(string Family, string Setting, PeerResult Result)
{
    /// <summary>The family of the dense step on oneDNN.</summary>
    public const string OneDnn = "oneDNN";

    /// <summary>The family of <c>nn.LSTM</c>.</summary>
    public const string PyTorch = "PyTorch";

    private const string PyTorchRecurrent = "PyTorch, recurrent dropout";

    /// <summary>What a table calls it.</summary>
    public string Text
    {
        get
        {
            string family = Family switch
            {
                OneDnn => "oneDNN, without dropout",
                PyTorch => $"{Result.Version}, `nn.LSTM`",
                PyTorchRecurrent => $"{Result.Version}, recurrent dropout",
                _ => Family,
            };
            return Setting.Length == 0 ? family : $"{family}, {Setting}";
        }
    }

    /// <summary>Takes the name of a result apart: the setting begins with the number of threads.</summary>
    public static PeerSetting Of(PeerResult result)
    {
        string[] parts = result.Peer.Split(", ");
        int threads = Array.FindIndex(parts, part => char.IsAsciiDigit(part.FirstOrDefault()) && (part.EndsWith(" thread", StringComparison.Ordinal) || part.EndsWith(" threads", StringComparison.Ordinal)));
        int end = threads < 0 ? parts.Length : threads;
        return new PeerSetting(string.Join(", ", parts[..end]), string.Join(", ", parts[end..]), result);
    }
}
