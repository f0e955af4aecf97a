using System.Collections.Generic;
using System.Linq;
using SdCompiler.Samples.Shared;
using SdCompiler.Samples.Translator.Scoring;
using SdCompiler.Samples.Translator.Text;

namespace SdCompiler.Samples.Translator.Commands;

/// <summary>Measures translations against one or several right ones.</summary>
internal sealed class BleuCommand(CommandContext context)
{
    public int Run(string hypotheses, IReadOnlyList<string> references, BleuSmoothing smoothing)
    {
        IReadOnlyList<string[]> translations = TokenizedText.Read(hypotheses);
        IReadOnlyList<string[]>[] right = references.Select(TokenizedText.Read).ToArray();
        for (int i = 0; i < right.Length; i++)
        {
            TokenizedText.CheckEqualLines(references[i], right[i].Count, hypotheses, translations.Count);
        }

        CorpusBleu bleu = new();
        for (int line = 0; line < translations.Count; line++)
        {
            bleu.Add(translations[line], right.Select(text => text[line]).ToArray());
        }

        context.Output.WriteLine($"{BleuSignature.Of(references.Count, smoothing)} = {bleu.Total.Score(smoothing)}");
        return ExitCodes.Success;
    }
}
