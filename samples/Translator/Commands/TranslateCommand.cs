using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using SdCompiler.Samples.Shared;
using SdCompiler.Samples.Translator.Text;
using SdCompiler.Samples.Translator.Training;
using SdCompiler.Samples.Translator.Decoding;

namespace SdCompiler.Samples.Translator.Commands;

/// <summary>Translates a text, line by line.</summary>
internal sealed class TranslateCommand(CommandContext context)
{
    /// <summary>Lines that are translated together: enough to fill batches of similar length, few enough to keep a long text moving.</summary>
    private const int Together = 256;

    private const string InputName = "standard input";

    public int Run(TranslateRequest request)
    {
        BeamSettings beam = request.Search.Settings();
        SavedModel saved = SavedModel.Open(request.Checkpoint);
        TextTranslator translator = new(saved.Coding, saved.Load().CreateTranslator(request.Threads ?? 0), beam);
        IEnumerable<string> lines = request.Input is null ? TextFile.ReadLines(context.Input(), InputName) : TextFile.ReadLines(request.Input);

        // Whoever types sentences wants each one's translation before the next.
        int together = request.Input is null && !Console.IsInputRedirected ? 1 : Together;
        LineOutput.Write(Translations(translator, lines, together, request.Search.Best is not null), request.Output, context);
        return ExitCodes.Success;
    }

    private IEnumerable<string> Translations(TextTranslator translator, IEnumerable<string> lines, int together, bool numbered)
    {
        int first = 0;
        foreach (string[][] sentences in lines.Select(TokenizedText.Tokens).Chunk(together))
        {
            IReadOnlyList<TranslatedText>[] found = translator.Translate(sentences, context.Stop);
            for (int i = 0; i < found.Length; i++)
            {
                foreach (TranslatedText text in found[i])
                {
                    yield return numbered ? Numbered(first + i, text) : string.Join(' ', text.Words);
                }
            }

            first += sentences.Length;
            context.Output.Flush();
        }
    }

    /// <summary>A line of a list of several translations, as Moses writes it: the sentence's number from 0, the translation, its score.</summary>
    private static string Numbered(int sentence, TranslatedText text) =>
        string.Create(CultureInfo.InvariantCulture, $"{sentence} ||| {string.Join(' ', text.Words)} ||| {text.Score:0.0000}");
}
