using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SdCompiler.Generator.Diagnostics;
using SdCompiler.Generator.Model;

namespace SdCompiler.Generator.Parsing;

/// <summary>Checks the user's constructors against the generated one, and that this one can call the base class.</summary>
internal static class ConstructorChecker
{
    /// <returns>Whether the generated constructor can be emitted.</returns>
    public static bool Check(
        INamedTypeSymbol type, TypeDeclarationSyntax declaration, EquatableArray<DimensionModel> dimensions, MistakeList mistakes, CancellationToken cancellationToken)
    {
        if (type.IsStatic || type.IsRecord || ClassChecker.PrimaryConstructor(type) is not null)
        {
            return false;
        }

        bool free = true;
        string arguments = string.Join(", ", dimensions.Select(dimension => dimension.Parameter).Concat([GeneratedNames.Seed]));
        foreach (IMethodSymbol constructor in type.InstanceConstructors.Where(constructor => !constructor.IsImplicitlyDeclared && UserParts.IsUsers(constructor.Locations.FirstOrDefault()?.SourceTree)))
        {
            if (constructor.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is not ConstructorDeclarationSyntax syntax)
            {
                continue;
            }

            string parameters = string.Join(", ", constructor.Parameters.Select(parameter => Texts.Of(parameter.Type)));
            bool clashes = IsGenerated(constructor, dimensions.Count);
            if (clashes || TakesWeights(constructor))
            {
                mistakes.Add(DiagnosticDescriptors.ConstructorClashes, syntax.Identifier.GetLocation(), type.Name, parameters);
                free &= !clashes;
            }
            else if (syntax.Initializer?.IsKind(SyntaxKind.ThisConstructorInitializer) != true)
            {
                mistakes.Add(DiagnosticDescriptors.ConstructorDoesNotChain, syntax.Identifier.GetLocation(), type.Name, parameters, arguments);
            }
        }

        if (type.BaseType is { SpecialType: SpecialType.None, TypeKind: not TypeKind.Error } baseType && !baseType.InstanceConstructors.Any(constructor => IsCallable(constructor, type)))
        {
            Location place = declaration.BaseList?.Types.FirstOrDefault()?.GetLocation() ?? declaration.Identifier.GetLocation();
            mistakes.Add(DiagnosticDescriptors.BaseConstructorMissing, place, type.Name, baseType.Name);
            free = false;
        }

        return free;
    }

    private static bool IsGenerated(IMethodSymbol constructor, int dimensions)
    {
        int count = constructor.Parameters.Length;
        return count == dimensions + 1
            && constructor.Parameters.Take(dimensions).All(parameter => parameter.Type.SpecialType == SpecialType.System_Int32)
            && constructor.Parameters[dimensions].Type.SpecialType == SpecialType.System_Int64;
    }

    // The private one that Load calls.
    private static bool TakesWeights(IMethodSymbol constructor) =>
        constructor.Parameters.Length == 1 && constructor.Parameters[0].Type.ToDisplayString() == "SdCompiler.Runtime.ModelParameters";

    private static bool IsCallable(IMethodSymbol constructor, INamedTypeSymbol from) =>
        constructor.Parameters.All(parameter => parameter.IsOptional || parameter.IsParams)
        && constructor.DeclaredAccessibility switch
        {
            Accessibility.Private => false,
            Accessibility.Internal or Accessibility.ProtectedAndInternal =>
                SymbolEqualityComparer.Default.Equals(constructor.ContainingAssembly, from.ContainingAssembly)
                || constructor.ContainingAssembly.GivesAccessTo(from.ContainingAssembly),
            _ => true,
        };
}
