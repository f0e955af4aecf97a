using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SdCompiler.Generator.Diagnostics;
using SdCompiler.Generator.Model;

namespace SdCompiler.Generator.Parsing;

/// <summary>Checks that the user's members and the generated ones can live in one class.</summary>
internal sealed class MemberNameChecker(INamedTypeSymbol type, TypeDeclarationSyntax declaration, List<MemberDraft> members, MistakeList mistakes)
{
    /// <summary>Names of generated members that must be left out of the face.</summary>
    public List<string> Taken { get; } = [];

    public void Check()
    {
        foreach (ISymbol member in UserParts.Members(type))
        {
            if (IsGenerated(member.Name) && !Taken.Contains(member.Name) && !GivesWay(member))
            {
                Taken.Add(member.Name);
                mistakes.Add(DiagnosticDescriptors.NameTaken, member.Locations.FirstOrDefault(), type.Name, member.Name);
            }
            else if (member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true })
            {
                mistakes.Add(DiagnosticDescriptors.RequiredMember, member.Locations.FirstOrDefault(), type.Name, member.Name);
            }
        }

        CheckInherited();
        CheckLayers();
    }

    private bool IsGenerated(string name) =>
        GeneratedNames.OfModel.Contains(name)
        || (name.StartsWith(GeneratedNames.FieldPrefix, StringComparison.Ordinal)
            && members.Any(member => member.Kind is not null && member.Property.Name == name.Substring(GeneratedNames.FieldPrefix.Length)));

    private bool GivesWay(ISymbol member) =>
        GeneratedNames.ThatGiveWay.Contains(member.Name) && members.Any(layer => SymbolEqualityComparer.Default.Equals(layer.Property, member));

    private void CheckInherited()
    {
        Location place = declaration.BaseList?.Types.FirstOrDefault()?.GetLocation() ?? declaration.Identifier.GetLocation();
        for (INamedTypeSymbol? it = type.BaseType; it is { SpecialType: SpecialType.None }; it = it.BaseType)
        {
            foreach (ISymbol member in it.GetMembers().Where(member => !member.IsImplicitlyDeclared && member.DeclaredAccessibility != Accessibility.Private))
            {
                if (IsGenerated(member.Name) && !Taken.Contains(member.Name))
                {
                    Taken.Add(member.Name);
                    mistakes.Add(DiagnosticDescriptors.InheritedNameTaken, place, type.Name, member.Name, it.Name);
                }
                else if (member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true })
                {
                    mistakes.Add(DiagnosticDescriptors.RequiredMember, place, type.Name, member.Name);
                }
            }
        }
    }

    private void CheckLayers()
    {
        Dictionary<string, MemberDraft> seen = new(StringComparer.OrdinalIgnoreCase);
        foreach (MemberDraft member in members)
        {
            string name = member.Property.Name;
            bool taken = member.Kind is LayerKind kind
                ? LayerKinds.IsInput(kind) && GeneratedNames.OfBatch.Contains(name)
                : Identifiers.ToParameter(name) == GeneratedNames.Seed;
            if (taken)
            {
                mistakes.Add(DiagnosticDescriptors.NameTaken, member.Place, type.Name, name);
            }
            else if (!seen.TryGetValue(name, out MemberDraft? other))
            {
                seen.Add(name, member);
            }
            else if (other.Property.Name != name)
            {
                mistakes.Add(DiagnosticDescriptors.NamesDifferOnlyInCase, member.Place, type.Name, other.Property.Name, name);
            }
        }
    }
}
