using System;

namespace SdCompiler;

/// <summary>Walks the words of a line: runs of characters without white space.</summary>
internal ref struct WordSplitter
{
    private ReadOnlySpan<char> _rest;

    public WordSplitter(ReadOnlySpan<char> line)
    {
        _rest = line;
        Current = default;
    }

    public ReadOnlySpan<char> Current { get; private set; }

    public readonly WordSplitter GetEnumerator() => this;

    public bool MoveNext()
    {
        int start = 0;
        while (start < _rest.Length && char.IsWhiteSpace(_rest[start]))
        {
            start++;
        }

        int end = start;
        while (end < _rest.Length && !char.IsWhiteSpace(_rest[end]))
        {
            end++;
        }

        Current = _rest[start..end];
        _rest = _rest[end..];
        return end > start;
    }
}
