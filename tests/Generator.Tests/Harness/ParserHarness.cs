using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SdCompiler.Generator.Model;
using SdCompiler.Generator.Parsing;

namespace SdCompiler.Generator.Tests.Harness;

/// <summary>Source text to model, without the generator around it: for tests of the parser, the passes and the emitters.</summary>
internal static class ParserHarness
{
    /// <summary>The only model of the text.</summary>
    public static LstmModel Parse(string source) => ParseWithPlace(source).Model;

    public static ParsedModel ParseWithPlace(string source)
    {
        CSharpCompilation compilation = GeneratorHarness.Compile(GeneratorHarness.CSharp13, source);
        SyntaxTree tree = compilation.SyntaxTrees[0];
        SemanticModel semantics = compilation.GetSemanticModel(tree);
        foreach (TypeDeclarationSyntax declaration in tree.GetRoot().DescendantNodes().OfType<TypeDeclarationSyntax>())
        {
            INamedTypeSymbol type = semantics.GetDeclaredSymbol(declaration)!;
            AttributeData? attribute = type.GetAttributes().FirstOrDefault(attribute => LayerKinds.IsModel(attribute.AttributeClass));
            if (attribute is not null)
            {
                return ModelParser.Parse(type, attribute, default)!;
            }
        }

        throw new System.ArgumentException("No [StructuredDropoutLstm] in the text.", nameof(source));
    }
}
