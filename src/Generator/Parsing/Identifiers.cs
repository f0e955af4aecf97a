using Microsoft.CodeAnalysis.CSharp;

namespace SdCompiler.Generator.Parsing;

/// <summary>Names as they must be written in C#.</summary>
internal static class Identifiers
{
    /// <summary>The name with '@' where C# would read a keyword. Contextual keywords too: which of them matter depends on the place.</summary>
    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

    /// <summary>The parameter for a property: "WordTypes" gives "wordTypes", and "Params" gives "params", not yet escaped.</summary>
    public static string ToParameter(string property) =>
        property.Length == 0 ? property : char.ToLowerInvariant(property[0]) + property.Substring(1);
}
