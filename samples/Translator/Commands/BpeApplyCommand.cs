using System.Collections.Generic;
using System.Linq;
using SdCompiler.Samples.Shared;
using SdCompiler.Samples.Translator.Bpe;
using SdCompiler.Samples.Translator.Vocabulary;

namespace SdCompiler.Samples.Translator.Commands;

/// <summary>Splits the words of a text into subwords.</summary>
internal sealed class BpeApplyCommand(CommandContext context)
{
    public int Run(string text, string codes, string? vocabulary, int? threshold, string? output)
    {
        if (threshold is not null && vocabulary is null)
        {
            throw new UsageException("--threshold is for a vocabulary; leave it out, or add --vocabulary.");
        }

        IReadOnlySet<string>? allowed = vocabulary is null ? null : Frequent(vocabulary, threshold ?? 1);
        BpeEncoder encoder = new(BpeCodes.Read(codes), allowed);
        LineOutput.Write(TextFile.ReadLines(text).Select(encoder.EncodeLine), output, context);
        return ExitCodes.Success;
    }

    private static HashSet<string> Frequent(string path, int threshold)
    {
        HashSet<string> frequent = [.. TokenListFile.Read(path).Where(entry => (entry.Count ?? threshold) >= threshold).Select(entry => entry.Token)];
        return frequent.Count > 0
            ? frequent
            : throw new DataFileException(path, $"has no subword that occurs {threshold} times or more; give a lower --threshold");
    }
}
