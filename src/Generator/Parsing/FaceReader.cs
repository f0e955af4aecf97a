using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SdCompiler.Generator.Model;

namespace SdCompiler.Generator.Parsing;

/// <summary>Texts of the declarations that the generated part repeats.</summary>
internal static class FaceReader
{
    private static readonly SymbolDisplayFormat Parameter = Texts.QualifiedType.WithParameterOptions(
        SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeModifiers);

    /// <summary>The types around the model, outermost first, such as "partial class Outer".</summary>
    public static EquatableArray<string> ContainingTypes(TypeDeclarationSyntax declaration) =>
        new(declaration.Ancestors().OfType<TypeDeclarationSyntax>().Reverse().Select(Declaration));

    /// <summary>What is emitted for a model with a mistake.</summary>
    public static FaceModel Read(TypeDeclarationSyntax declaration, IEnumerable<IPropertySymbol> properties, EquatableArray<DimensionModel> dimensions, bool hasConstructor, List<string> taken) => new(
        Declaration(declaration),
        Type(declaration),
        new EquatableArray<string>(properties.Select(Property).Where(property => property.Length > 0)),
        hasConstructor ? ConstructorParameters(dimensions) : null,
        new EquatableArray<string>(IsStatic(declaration) ? GeneratedNames.OfModel.OrderBy(name => name, StringComparer.Ordinal) : taken));

    /// <summary>Opens another part of the type, such as "partial class Tagger".</summary>
    public static string Declaration(TypeDeclarationSyntax type)
    {
        string kind = type is RecordDeclarationSyntax record && record.ClassOrStructKeyword.ValueText.Length > 0
            ? type.Keyword.ValueText + " " + record.ClassOrStructKeyword.ValueText
            : type.Keyword.ValueText;
        return $"{(IsStatic(type) ? "static " : string.Empty)}partial {kind} {Type(type)}";
    }

    /// <summary>
    /// The implementing part of a partial property that C# misses one of, or nothing; a type that does not exist would be reported a second time, in a file that is not the user's.
    /// </summary>
    public static string Property(IPropertySymbol property)
    {
        if (!property.IsPartialDefinition || property.PartialImplementationPart is not null || property.Type.TypeKind == TypeKind.Error
            || property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is not BasePropertyDeclarationSyntax syntax)
        {
            return string.Empty;
        }

        string modifiers = string.Join(" ", syntax.Modifiers.Select(token => token.ValueText).Where(text => text != "partial"));
        string reference = property.RefKind switch
        {
            RefKind.Ref => "ref ",
            RefKind.RefReadOnly => "ref readonly ",
            _ => string.Empty,
        };
        string accessors = string.Join(" ", syntax.AccessorList?.Accessors.Select(accessor =>
            string.Concat(accessor.Modifiers.Select(token => token.ValueText + " ")) + accessor.Keyword.ValueText + " => throw null!;") ?? []);
        string documentation = Texts.HasDocumentation(syntax) ? string.Empty : "/// <summary>A layer or a size.</summary>\n";
        return documentation + $"{modifiers} partial {reference}{property.Type.ToDisplayString(Texts.QualifiedType)} {Name(property)} {{ {accessors} }}".TrimStart();
    }

    // Names may clash with each other: that is one of the mistakes.
    private static string ConstructorParameters(EquatableArray<DimensionModel> dimensions)
    {
        HashSet<string> names = new(StringComparer.Ordinal) { GeneratedNames.Seed };
        List<string> parameters = [];
        foreach (DimensionModel dimension in dimensions)
        {
            string name = dimension.Parameter;
            while (!names.Add(name))
            {
                name += "_";
            }

            parameters.Add("int " + name);
        }

        return string.Join(", ", parameters.Concat(["long " + GeneratedNames.Seed]));
    }

    private static string Type(TypeDeclarationSyntax type) => type.TypeParameterList is TypeParameterListSyntax list
        ? type.Identifier.Text + "<" + string.Join(", ", list.Parameters.Select(parameter => parameter.Identifier.Text)) + ">"
        : type.Identifier.Text;

    private static bool IsStatic(TypeDeclarationSyntax type) => type.Modifiers.Any(SyntaxKind.StaticKeyword);

    private static string Name(IPropertySymbol property) => property.IsIndexer
        ? "this[" + string.Join(", ", property.Parameters.Select(parameter => parameter.ToDisplayString(Parameter))) + "]"
        : Identifiers.Escape(property.Name);
}
