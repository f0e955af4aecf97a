using System;
using System.Collections.Generic;

namespace SdCompiler;

/// <content>The rules of the common schemes of tagging, from the names of the tags.</content>
public sealed partial class CrfConstraints
{
    private const string Outside = "O";

    /// <summary>The rules of BIO2 (IOB2): a chunk of type X is B-X and then any number of I-X; O is outside.</summary>
    /// <param name="labels">The name of each tag, in the order of the tags: "O", "B-PER", "I-PER" and so on.</param>
    /// <exception cref="ArgumentException">A name is none of this scheme, or there twice, or no tag may begin or end a sentence.</exception>
    public static CrfConstraints Bio2(IReadOnlyList<string> labels) => OfScheme(labels, "BI", mustEnd: false);

    /// <summary>The rules of BIOES (IOBES): a chunk of type X is S-X alone, or B-X, any number of I-X, E-X; O is outside.</summary>
    /// <param name="labels">The name of each tag, in the order of the tags: "O", "B-PER", "I-PER", "E-PER", "S-PER" and so on.</param>
    /// <exception cref="ArgumentException">A name is none of this scheme, or there twice, or no tag may begin or end a sentence.</exception>
    public static CrfConstraints Bioes(IReadOnlyList<string> labels) => OfScheme(labels, "BIES", mustEnd: true);

    /// <param name="labels">The names.</param>
    /// <param name="prefixes">The letters of the scheme, O apart.</param>
    /// <param name="mustEnd">Whether a chunk that B or I leaves open must go on.</param>
    private static CrfConstraints OfScheme(IReadOnlyList<string> labels, string prefixes, bool mustEnd)
    {
        ArgumentNullException.ThrowIfNull(labels);
        int tags = labels.Count;
        CheckNames(labels, prefixes);
        var transitions = new bool[checked(tags * tags)];
        var start = new bool[tags];
        var end = new bool[tags];
        for (int from = 0; from < tags; from++)
        {
            start[from] = !GoesOn(labels[from]);
            end[from] = !(mustEnd && IsOpen(labels[from]));
            for (int to = 0; to < tags; to++)
            {
                transitions[(from * tags) + to] = GoesOn(labels[to])
                    ? IsOpen(labels[from]) && TypeOf(labels[from]).SequenceEqual(TypeOf(labels[to]))
                    : end[from];
            }
        }

        return new CrfConstraints(transitions, start, end);
    }

    /// <summary>Whether the tag stands inside a chunk that another tag has begun.</summary>
    private static bool GoesOn(string label) => label != Outside && label[0] is 'I' or 'E';

    /// <summary>Whether a chunk may go on behind the tag.</summary>
    private static bool IsOpen(string label) => label != Outside && label[0] is 'B' or 'I';

    private static ReadOnlySpan<char> TypeOf(string label) => label.AsSpan(2);

    private static void CheckNames(IReadOnlyList<string> labels, string prefixes)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        for (int tag = 0; tag < labels.Count; tag++)
        {
            string label = labels[tag];
            bool isRight = label == Outside || (label is { Length: > 2 } && label[1] == '-' && prefixes.Contains(label[0], StringComparison.Ordinal));
            if (!isRight)
            {
                throw new ArgumentException(
                    $"Tag {tag} is called '{label}'; names of this scheme are O, and {string.Join(", ", prefixes[..^1].ToCharArray())} or {prefixes[^1]} with a type, such as {prefixes[0]}-PER.", nameof(labels));
            }

            if (!seen.Add(label))
            {
                throw new ArgumentException($"Two tags are called '{label}'; give each tag its own name.", nameof(labels));
            }
        }
    }
}
