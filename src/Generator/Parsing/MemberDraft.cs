using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SdCompiler.Generator.Model;

namespace SdCompiler.Generator.Parsing;

/// <summary>A property that carries one of our attributes. Never leaves the parser.</summary>
/// <param name="Property">The property, its defining part.</param>
/// <param name="Syntax">Its declaration.</param>
/// <param name="Kind">The layer, or null for a dimension.</param>
/// <param name="Attribute">The attribute.</param>
internal sealed record MemberDraft(IPropertySymbol Property, BasePropertyDeclarationSyntax Syntax, LayerKind? Kind, AttributeReader Attribute)
{
    /// <summary>The attribute's name as people write it.</summary>
    public string AttributeName => Kind?.ToString() ?? "Dimension";

    /// <summary>The type that the property must have.</summary>
    public string TypeName => Kind is LayerKind kind ? LayerKinds.TypeName(kind) : "int";

    /// <summary>The name in the declaration.</summary>
    public Location Place => Syntax is PropertyDeclarationSyntax property ? property.Identifier.GetLocation() : ((IndexerDeclarationSyntax)Syntax).ThisKeyword.GetLocation();
}
