using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SdCompiler.Generator.Model;

namespace SdCompiler.Generator.Parsing;

/// <summary>Numbers and symbols as texts that are the same on every machine.</summary>
internal static class Texts
{
    /// <summary>Qualified with "global::", keywords escaped, with "?" where nullable.</summary>
    public static readonly SymbolDisplayFormat QualifiedType = SymbolDisplayFormat.FullyQualifiedFormat.WithMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers
        | SymbolDisplayMiscellaneousOptions.UseSpecialTypes
        | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat ShortType = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    public static string Of(long number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Of(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Of(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    public static string Of(Accessibility accessibility) => SyntaxFacts.GetText(accessibility);

    /// <summary>A type as a person would write it in this file.</summary>
    public static string Of(ITypeSymbol type) => type.ToDisplayString(ShortType);

    /// <summary>A number, or the name of the dimension.</summary>
    public static string Of(SizeModel size) => size.Dimension?.TrimStart('@') ?? Of(size.Constant);

    /// <summary>The namespace of a type, or empty for the global one.</summary>
    public static string Namespace(INamedTypeSymbol type) =>
        type.ContainingNamespace.IsGlobalNamespace
            ? string.Empty
            : type.ContainingNamespace.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted));

    /// <summary>"'A', 'B' or 'C'", for a message that offers a choice.</summary>
    public static string Choice(params string[] names)
    {
        string[] quoted = names.Select(name => $"'{name}'").ToArray();
        return quoted.Length < 2
            ? string.Concat(quoted)
            : string.Join(", ", quoted.Take(quoted.Length - 1)) + " or " + quoted[quoted.Length - 1];
    }

    /// <summary>Whether a documentation comment stands above the declaration; also where the compiler was told not to parse them.</summary>
    public static bool HasDocumentation(SyntaxNode? declaration) =>
        declaration?.GetLeadingTrivia().Any(trivia => trivia.ToFullString() is string text
            && (trivia.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineDocumentationCommentTrivia)
                || text.StartsWith("///", System.StringComparison.Ordinal) || text.StartsWith("/**", System.StringComparison.Ordinal))) ?? false;
}
