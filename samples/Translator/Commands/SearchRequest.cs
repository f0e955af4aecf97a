using SdCompiler.Samples.Shared;
using SdCompiler.Samples.Translator.Decoding;

namespace SdCompiler.Samples.Translator.Commands;

/// <summary>How translations are to be searched for; null where the user left the choice open.</summary>
internal sealed record SearchRequest
{
    private const int DefaultBeam = 5;

    public int? Beam { get; init; }

    /// <summary>Translations per sentence.</summary>
    public int? Best { get; init; }

    public double? LengthPenalty { get; init; }

    public int? MaximumLength { get; init; }

    public bool ReplaceUnknown { get; init; }

    /// <summary>The settings.</summary>
    /// <exception cref="UsageException">More translations are wanted than the beam is wide.</exception>
    public BeamSettings Settings()
    {
        int beam = Beam ?? DefaultBeam;
        return Best is int best && best > beam
            ? throw new UsageException($"--n-best is {best} and the beam is {beam} wide; give --beam {best} or more.")
            : new BeamSettings(beam, Best ?? 1, LengthPenalty ?? BeamSettings.DefaultLengthPenalty, MaximumLength, ReplaceUnknown);
    }
}
