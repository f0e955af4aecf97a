using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SdCompiler.Generator.Diagnostics;

namespace SdCompiler.Generator.Parsing;

/// <summary>Checks the class itself: the generated part must be able to join it.</summary>
internal static class ClassChecker
{
    /// <summary>Reports what is wrong with the class.</summary>
    /// <returns>Whether another part of the class can be emitted at all.</returns>
    public static bool Check(INamedTypeSymbol type, TypeDeclarationSyntax declaration, MistakeList mistakes)
    {
        Location name = declaration.Identifier.GetLocation();
        bool emittable = CheckAround(type, declaration, mistakes);
        if (!declaration.Modifiers.Any(SyntaxKind.PartialKeyword))
        {
            mistakes.Add(DiagnosticDescriptors.ClassNotPartial, name, type.Name);
            return false;
        }

        if (type.IsRecord)
        {
            mistakes.Add(DiagnosticDescriptors.ClassRecord, declaration.Keyword.GetLocation(), type.Name);
            return emittable;
        }

        if (type.IsStatic)
        {
            mistakes.Add(DiagnosticDescriptors.ClassStatic, Modifier(type, SyntaxKind.StaticKeyword) ?? name, type.Name);
        }
        else if (type.IsAbstract)
        {
            mistakes.Add(DiagnosticDescriptors.ClassAbstract, Modifier(type, SyntaxKind.AbstractKeyword) ?? name, type.Name);
        }

        if (declaration.TypeParameterList is TypeParameterListSyntax parameters)
        {
            mistakes.Add(DiagnosticDescriptors.ClassGeneric, parameters.GetLocation(), type.Name, parameters.ToString());
        }

        if (PrimaryConstructor(type) is ParameterListSyntax primary)
        {
            mistakes.Add(DiagnosticDescriptors.PrimaryConstructor, primary.GetLocation(), type.Name, primary.ToString());
        }

        CheckAccessibility(type, name, mistakes);
        return emittable;
    }

    /// <summary>The parameters of a primary constructor, on whichever part they stand.</summary>
    public static ParameterListSyntax? PrimaryConstructor(INamedTypeSymbol type) => UserParts.Declarations(type, default).Select(part => part.ParameterList).FirstOrDefault(list => list is not null);

    private static Location? Modifier(INamedTypeSymbol type, SyntaxKind kind) =>
        UserParts.Declarations(type, default).SelectMany(part => part.Modifiers).Where(token => token.IsKind(kind)).Select(token => token.GetLocation()).FirstOrDefault();

    private static bool CheckAround(INamedTypeSymbol type, TypeDeclarationSyntax declaration, MistakeList mistakes)
    {
        bool emittable = true;
        if (type.IsFileLocal)
        {
            mistakes.Add(DiagnosticDescriptors.ClassFileLocal, Modifier(type, SyntaxKind.FileKeyword) ?? declaration.Identifier.GetLocation(), type.Name);
            emittable = false;
        }

        INamedTypeSymbol? outer = type.ContainingType;
        foreach (TypeDeclarationSyntax around in declaration.Ancestors().OfType<TypeDeclarationSyntax>())
        {
            if (!around.Modifiers.Any(SyntaxKind.PartialKeyword))
            {
                mistakes.Add(DiagnosticDescriptors.ContainingTypeNotPartial, around.Identifier.GetLocation(), type.Name, around.Identifier.ValueText);
                emittable = false;
            }

            if (around.TypeParameterList is TypeParameterListSyntax parameters)
            {
                mistakes.Add(DiagnosticDescriptors.ContainingTypeGeneric, parameters.GetLocation(), type.Name, around.Identifier.ValueText);
            }

            if (outer is { IsFileLocal: true })
            {
                mistakes.Add(DiagnosticDescriptors.ClassFileLocal, Modifier(outer, SyntaxKind.FileKeyword) ?? around.Identifier.GetLocation(), outer.Name);
                emittable = false;
            }

            outer = outer?.ContainingType;
        }

        return emittable;
    }

    private static void CheckAccessibility(INamedTypeSymbol type, Location name, MistakeList mistakes)
    {
        for (INamedTypeSymbol it = type; it.ContainingType is INamedTypeSymbol outer; it = outer)
        {
            if (it.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal)
            {
                mistakes.Add(DiagnosticDescriptors.ClassNotAccessible, name, type.Name, outer.Name, it.Name, Texts.Of(it.DeclaredAccessibility));
                return;
            }
        }
    }
}
