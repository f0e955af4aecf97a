using System;

namespace SdCompiler.Samples.Tagger.Tags;

/// <summary>The tag of a word: outside of all entities, or a place within one and its type.</summary>
/// <param name="Prefix">O outside; B, I, E or S within an entity: its beginning, inside, end, or all of it.</param>
/// <param name="Type">The entity's type; empty outside.</param>
internal readonly record struct Tag(char Prefix, string Type)
{
    /// <summary>The tag of a word that belongs to no entity.</summary>
    public static Tag Outside { get; } = new('O', "");

    /// <summary>Whether the word belongs to no entity.</summary>
    public bool IsOutside => Prefix == 'O';

    /// <summary>Reads <c>O</c>, or a prefix, a hyphen and a type, which may have hyphens of its own.</summary>
    /// <param name="text">The tag as files spell it.</param>
    /// <param name="tag">The tag.</param>
    /// <returns>Whether the text is one.</returns>
    public static bool TryParse(string text, out Tag tag)
    {
        ArgumentNullException.ThrowIfNull(text);
        bool isOutside = text == "O";
        bool isInside = text.Length > 2 && text[1] == '-' && text[0] is 'B' or 'I' or 'E' or 'S';
        tag = isInside ? new Tag(text[0], text[2..]) : Outside;
        return isOutside || isInside;
    }

    /// <inheritdoc/>
    public override string ToString() => IsOutside ? "O" : $"{Prefix}-{Type}";
}
