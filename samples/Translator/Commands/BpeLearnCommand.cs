using System.Collections.Generic;
using System.IO;
using System.Linq;
using SdCompiler.Samples.Shared;
using SdCompiler.Samples.Translator.Bpe;

namespace SdCompiler.Samples.Translator.Commands;

/// <summary>Learns merges from texts.</summary>
internal sealed class BpeLearnCommand(CommandContext context)
{
    public int Run(IReadOnlyList<string> texts, int merges, int minFrequency, string? output)
    {
        if (output is not null && texts.Any(text => Path.GetFullPath(text) == Path.GetFullPath(output)))
        {
            throw new UsageException($"--output is '{output}', one of the texts to learn from; give another file for the merges.");
        }

        BpeLearner learner = new();
        foreach (string text in texts)
        {
            long words = learner.Words;
            foreach (string line in TextFile.ReadLines(text))
            {
                learner.AddLine(line);
            }

            if (learner.Words == words)
            {
                throw new DataFileException(text, "holds no words; give a text with one sentence per line");
            }
        }

        BpeCodes codes = learner.Learn(merges, minFrequency);
        LineOutput.Write(codes.Lines(), output, context);
        if (codes.Merges.Count < merges)
        {
            context.Error.WriteLine($"Learned {codes.Merges.Count} merges, as no other pair occurs {minFrequency} times or more.");
        }

        return ExitCodes.Success;
    }
}
