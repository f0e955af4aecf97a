using System.Collections.Generic;
using System.Linq;
using SdCompiler.Samples.Tagger.Columns;
using SdCompiler.Samples.Tagger.Data;
using SdCompiler.Samples.Tagger.Prediction;
using SdCompiler.Samples.Tagger.Tags;
using SdCompiler.Samples.Tagger.Vocabulary;

namespace SdCompiler.Samples.Tagger.Scoring;

/// <summary>A text with right tags, to measure taggers on again and again.</summary>
internal sealed class ScoredText
{
    private readonly EncodedSentence[] _sentences;
    private readonly Tag[][] _gold;

    /// <summary>A text.</summary>
    /// <param name="sentences">Its sentences, in BIOES.</param>
    /// <param name="vocabulary">The tagger's words.</param>
    public ScoredText(IReadOnlyList<TaggedSentence> sentences, TaggerVocabulary vocabulary)
    {
        SentenceEncoder encoder = new(vocabulary);
        _sentences = [.. sentences.Select(sentence => encoder.Encode(sentence.Words))];
        _gold = [.. sentences.Select(sentence => TagConversion.Convert(sentence.Tags, TagScheme.Bioes, TagScheme.Bio2))];
    }

    /// <summary>Tags the text and counts.</summary>
    public TaggingScores Score(SentenceTagger tagger)
    {
        TaggingScorer scorer = new();
        Tag[][] predicted = tagger.Tag(_sentences);
        for (int i = 0; i < predicted.Length; i++)
        {
            scorer.Add(_gold[i], predicted[i]);
        }

        return scorer.Scores();
    }
}
