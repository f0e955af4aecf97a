using System.Collections.Generic;
using System.Linq;

namespace SdCompiler.Samples.Tagger.Tags;

/// <summary>The transitions that a scheme allows between numbered tags: the constraints of a conditional random field.</summary>
internal sealed class TagTransitions
{
    private readonly bool[] _allowed;
    private readonly bool[] _starts;
    private readonly bool[] _ends;

    /// <summary>The transitions among some tags.</summary>
    /// <param name="scheme">The scheme; a tag with a prefix that it lacks is allowed nowhere.</param>
    /// <param name="tags">The tags in the order of their numbers.</param>
    public TagTransitions(TagScheme scheme, IReadOnlyList<Tag> tags)
    {
        Count = tags.Count;
        _starts = tags.Select(tag => TagRules.MayStart(scheme, tag)).ToArray();
        _ends = tags.Select(tag => TagRules.MayEnd(scheme, tag)).ToArray();
        _allowed = tags.SelectMany(previous => tags.Select(next => TagRules.MayFollow(scheme, previous, next))).ToArray();
    }

    /// <summary>The number of tags.</summary>
    public int Count { get; }

    /// <summary>Whether tag <paramref name="to"/> may stand directly after tag <paramref name="from"/>.</summary>
    public bool this[int from, int to] => _allowed[(from * Count) + to];

    /// <summary>Whether a sentence may begin with a tag.</summary>
    public bool MayStart(int tag) => _starts[tag];

    /// <summary>Whether a sentence may end with a tag.</summary>
    public bool MayEnd(int tag) => _ends[tag];
}
