using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SdCompiler.Generator.Parsing;

/// <summary>
/// The user's own parts of a class. The generator sees nothing else, but the live analyzer sees the generated part too, and must not take
/// the generated members for the user's.
/// </summary>
internal static class UserParts
{
    // Roslyn puts emitted files into <assembly>/<full name of the generator>/, in memory and on disk.
    private static readonly string Folder = "/" + typeof(LstmGenerator).FullName + "/";

    public static bool IsUsers(SyntaxTree? tree) =>
        tree is not null && tree.FilePath.Replace('\\', '/').IndexOf(Folder, StringComparison.Ordinal) < 0;

    /// <summary>The user's declarations of the class.</summary>
    public static IEnumerable<TypeDeclarationSyntax> Declarations(INamedTypeSymbol type, CancellationToken cancellationToken) => type.DeclaringSyntaxReferences
        .Where(reference => IsUsers(reference.SyntaxTree))
        .Select(reference => reference.GetSyntax(cancellationToken))
        .OfType<TypeDeclarationSyntax>();

    /// <summary>The members that the user wrote, in this class alone.</summary>
    public static IEnumerable<ISymbol> Members(INamedTypeSymbol type) =>
        type.GetMembers().Where(member => !member.IsImplicitlyDeclared && member.Locations.Any(location => IsUsers(location.SourceTree)));
}
