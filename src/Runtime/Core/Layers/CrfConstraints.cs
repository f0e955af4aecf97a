using System;

namespace SdCompiler;

/// <summary>Which tags of a CRF may follow each other, begin a row and end one. What is not allowed has probability 0, and its score is never trained.</summary>
/// <remarks>Without constraints everything is allowed. Immutable.</remarks>
public sealed partial class CrfConstraints
{
    private readonly bool[] transitions;
    private readonly bool[] start;
    private readonly bool[] end;

    /// <summary>Constraints of one set of tags.</summary>
    /// <param name="transitions">[from, to], true where <c>to</c> may stand right after <c>from</c>.</param>
    /// <param name="start">[tags], true for a tag that may stand first.</param>
    /// <param name="end">[tags], true for a tag that may stand last.</param>
    /// <exception cref="ArgumentException">The lengths do not belong together, or no tag may stand first, or none last.</exception>
    public CrfConstraints(ReadOnlySpan<bool> transitions, ReadOnlySpan<bool> start, ReadOnlySpan<bool> end)
    {
        long pairs = (long)start.Length * start.Length;
        if (end.Length != start.Length || transitions.Length != pairs)
        {
            throw new ArgumentException($"Constraints of {start.Length} tags that may begin a row need {pairs} transitions and {start.Length} tags that may end one, not {transitions.Length} and {end.Length}.");
        }

        if (!start.Contains(true) || !end.Contains(true))
        {
            throw new ArgumentException($"No tag may {(start.Contains(true) ? "end" : "begin")} a row; allow at least one of the {start.Length}.");
        }

        this.transitions = transitions.ToArray();
        this.start = start.ToArray();
        this.end = end.ToArray();
    }

    /// <summary>How many tags there are.</summary>
    public int Tags => start.Length;

    /// <summary>Whether a tag may stand right after another.</summary>
    /// <param name="from">The tag before.</param>
    /// <param name="to">The tag after.</param>
    public bool Allows(int from, int to) => transitions[(from * Tags) + to];

    /// <summary>Whether a tag may stand first.</summary>
    /// <param name="tag">The tag.</param>
    public bool AllowsStart(int tag) => start[tag];

    /// <summary>Whether a tag may stand last.</summary>
    /// <param name="tag">The tag.</param>
    public bool AllowsEnd(int tag) => end[tag];
}
