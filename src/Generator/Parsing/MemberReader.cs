using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SdCompiler.Generator.Diagnostics;
using SdCompiler.Generator.Model;

namespace SdCompiler.Generator.Parsing;

/// <summary>Finds the properties that stand for layers and dimensions, in their order, and checks what does not depend on the attribute's arguments.</summary>
internal static class MemberReader
{
    /// <summary>The members in order of declaration.</summary>
    /// <param name="type">The model.</param>
    /// <param name="file">The file of the class attribute: where its layers are expected.</param>
    /// <param name="mistakes">Takes what is wrong.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static List<MemberDraft> Read(INamedTypeSymbol type, SyntaxTree file, MistakeList mistakes, CancellationToken cancellationToken)
    {
        List<MemberDraft> members = [];
        foreach (IPropertySymbol property in UserParts.Members(type).OfType<IPropertySymbol>())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (ReadOne(type, property, mistakes, cancellationToken) is MemberDraft member)
            {
                members.Add(member);
            }
        }

        members = members
            .OrderBy(member => member.Syntax.SyntaxTree == file ? 0 : 1)
            .ThenBy(member => member.Syntax.SyntaxTree.FilePath, StringComparer.Ordinal)
            .ThenBy(member => member.Syntax.SpanStart)
            .ToList();
        CheckOneFile(type, members, mistakes);
        return members;
    }

    /// <summary>Partial properties of a layer's type without an attribute, which nobody implements: neither the user nor, for want of a size, we.</summary>
    public static List<IPropertySymbol> ReadBare(INamedTypeSymbol type, MistakeList mistakes, CancellationToken cancellationToken)
    {
        List<IPropertySymbol> bare = [];
        foreach (IPropertySymbol property in UserParts.Members(type).OfType<IPropertySymbol>())
        {
            if (property.IsPartialDefinition
                && !property.IsIndexer
                && (property.PartialImplementationPart is null || !IsUsers(property.PartialImplementationPart))
                && LayerKinds.OfProperty(property.Type) is LayerKind kind
                && property.GetAttributes().All(attribute => LayerKinds.Of(attribute.AttributeClass) is null && !LayerKinds.IsDimension(attribute.AttributeClass))
                && property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is PropertyDeclarationSyntax syntax)
            {
                bare.Add(property);
                mistakes.Add(DiagnosticDescriptors.LayerAttributeMissing, syntax.Identifier.GetLocation(), type.Name, property.Name, LayerKinds.TypeName(kind), kind.ToString());
            }
        }

        return bare;
    }

    private static MemberDraft? ReadOne(INamedTypeSymbol type, IPropertySymbol property, MistakeList mistakes, CancellationToken cancellationToken)
    {
        MemberDraft? first = null;
        foreach (AttributeData attribute in property.GetAttributes())
        {
            LayerKind? kind = LayerKinds.Of(attribute.AttributeClass);
            if ((kind is null && !LayerKinds.IsDimension(attribute.AttributeClass))
                || property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is not BasePropertyDeclarationSyntax syntax)
            {
                continue;
            }

            MemberDraft member = new(property, syntax, kind, new AttributeReader(attribute, cancellationToken));
            if (first is not null)
            {
                if (first.AttributeName == member.AttributeName)
                {
                    mistakes.LeaveToCSharp();
                }
                else
                {
                    mistakes.Add(DiagnosticDescriptors.TwoAttributes, member.Attribute.Location, type.Name, property.Name, first.AttributeName, member.AttributeName);
                }

                break;
            }

            first = member;
        }

        if (first is not null)
        {
            CheckProperty(type, first, mistakes);
        }

        return first;
    }

    // One message for one property: the first of these that applies.
    private static void CheckProperty(INamedTypeSymbol type, MemberDraft member, MistakeList mistakes)
    {
        IPropertySymbol property = member.Property;
        SyntaxTokenList modifiers = member.Syntax.Modifiers;
        if (property.IsIndexer)
        {
            mistakes.Add(DiagnosticDescriptors.PropertyIndexer, member.Place, type.Name, member.AttributeName, member.TypeName);
        }
        else if (property.ExplicitInterfaceImplementations.Length > 0)
        {
            mistakes.LeaveToCSharp();
        }
        else if (property.IsStatic)
        {
            mistakes.Add(DiagnosticDescriptors.PropertyStatic, modifiers.First(token => token.IsKind(SyntaxKind.StaticKeyword)).GetLocation(), type.Name, property.Name);
        }
        else if (!modifiers.Any(SyntaxKind.PartialKeyword))
        {
            mistakes.Add(DiagnosticDescriptors.PropertyNotPartial, member.Place, type.Name, property.Name, member.TypeName);
        }
        else if (property.SetMethod is not null)
        {
            AccessorDeclarationSyntax? setter = member.Syntax.AccessorList?.Accessors.FirstOrDefault(accessor => !accessor.IsKind(SyntaxKind.GetAccessorDeclaration));
            mistakes.Add(DiagnosticDescriptors.PropertyNotGetOnly, setter?.GetLocation() ?? member.Place, type.Name, property.Name, setter?.Keyword.ValueText ?? "set");
        }
        else if (property.PartialImplementationPart is IPropertySymbol implementation && IsUsers(implementation))
        {
            mistakes.Add(DiagnosticDescriptors.PropertyImplemented, implementation.Locations.FirstOrDefault(), type.Name, property.Name);
        }
        else if (!property.IsPartialDefinition)
        {
            mistakes.LeaveToCSharp();
        }
        else if (property.Type.TypeKind == TypeKind.Error)
        {
            mistakes.LeaveToCSharp();
        }
        else if (!HasRightType(member))
        {
            mistakes.Add(DiagnosticDescriptors.PropertyType, member.Syntax.Type.GetLocation(), type.Name, property.Name, member.Syntax.Type.ToString(), member.AttributeName, member.TypeName);
        }
    }

    private static bool IsUsers(IPropertySymbol implementation) => implementation.Locations.Any(location => UserParts.IsUsers(location.SourceTree));

    private static bool HasRightType(MemberDraft member)
    {
        IPropertySymbol property = member.Property;
        if (property.RefKind != RefKind.None || property.NullableAnnotation == NullableAnnotation.Annotated)
        {
            return false;
        }

        return member.Kind is LayerKind kind
            ? property.Type is INamedTypeSymbol type && LayerKinds.IsOurs(type) && type.Name == LayerKinds.TypeName(kind)
            : property.Type.SpecialType == SpecialType.System_Int32;
    }

    private static void CheckOneFile(INamedTypeSymbol type, List<MemberDraft> members, MistakeList mistakes)
    {
        MemberDraft? stray = members.FirstOrDefault(member => member.Syntax.SyntaxTree != members[0].Syntax.SyntaxTree);
        if (stray is not null)
        {
            mistakes.Add(
                DiagnosticDescriptors.SplitOverFiles, stray.Place, type.Name,
                stray.Property.Name, FileName(stray), members[0].Property.Name, FileName(members[0]));
        }
    }

    // Without the folder: messages are the same on every machine.
    private static string FileName(MemberDraft member) => Path.GetFileName(member.Syntax.SyntaxTree.FilePath.Replace('\\', '/'));
}
