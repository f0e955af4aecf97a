using System.Collections.Generic;
using System.Linq;
using System.Threading;
using SdCompiler.Samples.Translator.Data;
using SdCompiler.Samples.Translator.Vocabulary;

namespace SdCompiler.Samples.Translator.Decoding;

/// <summary>Translates sentences of words: numbers them, lets a model translate, and puts words together again.</summary>
/// <param name="coding">How words become numbers.</param>
/// <param name="model">What translates numbers.</param>
/// <param name="beam">How translations are searched for.</param>
internal sealed class TextTranslator(TextCoding coding, ISentenceTranslator model, BeamSettings beam)
{
    /// <summary>Sentences that are translated together.</summary>
    private const int Rows = 32;

    /// <summary>Translates sentences.</summary>
    /// <param name="sentences">Words of any number; a sentence without words has itself as its only translation.</param>
    /// <param name="stop">Stops between batches.</param>
    /// <returns>For each sentence its best translations, the best first.</returns>
    public IReadOnlyList<TranslatedText>[] Translate(IReadOnlyList<string[]> sentences, CancellationToken stop)
    {
        string[][] tokens = sentences.Select(coding.Source.Tokens).ToArray();
        int[] items = Enumerable.Range(0, tokens.Length).Where(i => tokens[i].Length > 0).ToArray();
        int[][] sources = items.Select(i => coding.EncodeSource(sentences[i])).ToArray();
        IReadOnlyList<TranslatedText>[] results = sentences.Select(_ => (IReadOnlyList<TranslatedText>)[new TranslatedText([], 0)]).ToArray();
        foreach (int[] batch in PairBatches.Once(sources.Select(source => source.Length).ToArray(), [], Rows))
        {
            stop.ThrowIfCancellationRequested();
            IReadOnlyList<Hypothesis>[] found = model.Translate(batch.Select(i => sources[i]).ToArray(), beam);
            for (int row = 0; row < batch.Length; row++)
            {
                int item = items[batch[row]];
                results[item] = found[row].Select(hypothesis => Text(hypothesis, tokens[item])).ToArray();
            }
        }

        return results;
    }

    private TranslatedText Text(Hypothesis hypothesis, string[] source) =>
        new(coding.Target.Words(hypothesis.Tokens.Select((id, i) => Token(id, hypothesis.Attended?[i], source)).OfType<string>()), hypothesis.Score);

    /// <summary>A token, or null for one that is no text. The end of the source sentence, which may be looked at as well, is no word to take over.</summary>
    private string? Token(int id, int? attended, string[] source) => id switch
    {
        SpecialTokens.PaddingId or SpecialTokens.BeginId => null,
        SpecialTokens.UnknownId when attended is int place && place < source.Length => source[place],
        _ => coding.Target.Vocabulary[id],
    };
}
