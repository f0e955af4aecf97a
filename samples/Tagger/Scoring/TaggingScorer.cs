using System;
using System.Collections.Generic;
using System.Linq;
using SdCompiler.Samples.Tagger.Tags;

namespace SdCompiler.Samples.Tagger.Scoring;

/// <summary>Counts correct entities, sentence by sentence, as the scorer of the CoNLL shared tasks counts them.</summary>
internal sealed class TaggingScorer
{
    private readonly SortedDictionary<string, EntityCounts> _byType = new(StringComparer.Ordinal);
    private long _tokens;
    private long _correctTokens;

    /// <summary>Whether any tag was of BIOES alone, for which these counts are not made; see <see cref="EntitySpans"/>.</summary>
    public bool HasBioesTags { get; private set; }

    /// <summary>Counts a sentence.</summary>
    /// <param name="gold">The right tags.</param>
    /// <param name="predicted">As many tags, of any scheme.</param>
    public void Add(IReadOnlyList<Tag> gold, IReadOnlyList<Tag> predicted)
    {
        if (gold.Count != predicted.Count)
        {
            throw new ArgumentException($"A sentence has {gold.Count} gold tags and {predicted.Count} predicted ones; give as many.", nameof(predicted));
        }

        List<EntitySpan> goldSpans = EntitySpans.Of(gold);
        HashSet<EntitySpan> goldSet = [.. goldSpans];
        foreach (EntitySpan span in goldSpans)
        {
            Count(span.Type, new EntityCounts(1, 0, 0));
        }

        foreach (EntitySpan span in EntitySpans.Of(predicted))
        {
            Count(span.Type, new EntityCounts(0, 1, goldSet.Contains(span) ? 1 : 0));
        }

        _tokens += gold.Count;
        for (int i = 0; i < gold.Count; i++)
        {
            _correctTokens += gold[i] == predicted[i] ? 1 : 0;
            HasBioesTags |= gold[i].Prefix is 'E' or 'S' || predicted[i].Prefix is 'E' or 'S';
        }
    }

    /// <summary>The scores of all sentences so far.</summary>
    public TaggingScores Scores() => new(_tokens, _correctTokens, _byType.Values.Aggregate(default(EntityCounts), (sum, counts) => sum + counts), [.. _byType]);

    private void Count(string type, EntityCounts counts) => _byType[type] = _byType.GetValueOrDefault(type) + counts;
}
