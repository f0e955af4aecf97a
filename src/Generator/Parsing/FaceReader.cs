using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SdCompiler.Generator.Model;

namespace SdCompiler.Generator.Parsing;

/// <summary>Texts of the declarations that the generated part repeats.</summary>
internal static class FaceReader
{
    /// <summary>The types around the model, outermost first, such as "partial class Outer".</summary>
    public static EquatableArray<string> ContainingTypes(TypeDeclarationSyntax declaration) =>
        new(declaration.Ancestors().OfType<TypeDeclarationSyntax>().Reverse().Select(Declaration));

    /// <summary>What is emitted for a model with a mistake.</summary>
    public static FaceModel Read(TypeDeclarationSyntax declaration, List<MemberDraft> members, EquatableArray<DimensionModel> dimensions, bool hasConstructor, List<string> taken) => new(
        (declaration.Modifiers.Any(token => token.ValueText == "static") ? "static " : string.Empty) + Declaration(declaration),
        new EquatableArray<string>(members.Select(Property).Where(property => property.Length > 0)),
        hasConstructor ? string.Concat(dimensions.Select(dimension => $"int {dimension.Parameter}, ")) + "long " + GeneratedNames.Seed : null,
        new EquatableArray<string>(taken));

    private static string Declaration(TypeDeclarationSyntax type)
    {
        string kind = type is RecordDeclarationSyntax record && record.ClassOrStructKeyword.ValueText.Length > 0
            ? type.Keyword.ValueText + " " + record.ClassOrStructKeyword.ValueText
            : type.Keyword.ValueText;
        string parameters = type.TypeParameterList is TypeParameterListSyntax list
            ? "<" + string.Join(", ", list.Parameters.Select(parameter => parameter.Identifier.Text)) + ">"
            : string.Empty;
        return $"partial {kind} {type.Identifier.Text}{parameters}";
    }

    // Only what C# misses an implementing part of; a type that does not exist would be reported a second time, in a file that is not the user's.
    private static string Property(MemberDraft member)
    {
        IPropertySymbol property = member.Property;
        if (!property.IsPartialDefinition || property.PartialImplementationPart is not null || property.IsIndexer || property.Type.TypeKind == TypeKind.Error)
        {
            return string.Empty;
        }

        string modifiers = string.Join(" ", member.Syntax.Modifiers.Select(token => token.ValueText).Where(text => text != "partial"));
        string reference = property.RefKind switch
        {
            RefKind.Ref => "ref ",
            RefKind.RefReadOnly => "ref readonly ",
            _ => string.Empty,
        };
        string accessors = string.Join(" ", member.Syntax.AccessorList?.Accessors.Select(accessor =>
            string.Concat(accessor.Modifiers.Select(token => token.ValueText + " ")) + accessor.Keyword.ValueText + " => throw null!;") ?? []);
        return $"{modifiers} partial {reference}{property.Type.ToDisplayString(Texts.QualifiedType)} {Identifiers.Escape(property.Name)} {{ {accessors} }}".TrimStart();
    }
}
