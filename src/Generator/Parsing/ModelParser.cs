using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SdCompiler.Generator.Diagnostics;
using SdCompiler.Generator.Model;

namespace SdCompiler.Generator.Parsing;

/// <summary>Symbols to <see cref="LstmModel"/>; symbols stop here. Used by the generator and by the live analyzer, so that both say the same.</summary>
internal static class ModelParser
{
    private const double DefaultInitialRange = 0.1;

    /// <summary>Reads one annotated class.</summary>
    /// <param name="type">The class.</param>
    /// <param name="data">Its [StructuredDropoutLstm].</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The model with what is wrong with it; null for a second attribute on the same class, which C# reports.</returns>
    /// <remarks>Never throws but for cancellation: a mistake of ours is one message for this model, and the others are still compiled.</remarks>
    public static ParsedModel? Parse(INamedTypeSymbol type, AttributeData data, CancellationToken cancellationToken)
    {
        try
        {
            return ParseOrThrow(type, data, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LstmModel nothing = Nothing(Identifiers.Escape(type.Name), HintNames.Of(type)) with { Diagnostics = new([InternalErrors.Of(type.Name, exception)]) };
            return new ParsedModel(nothing, SourcePlace.Of(type.Locations.FirstOrDefault()));
        }
    }

    private static ParsedModel? ParseOrThrow(INamedTypeSymbol type, AttributeData data, CancellationToken cancellationToken)
    {
        if (data.ApplicationSyntaxReference?.GetSyntax(cancellationToken).FirstAncestorOrSelf<TypeDeclarationSyntax>() is not TypeDeclarationSyntax declaration
            || !IsFirst(type, data))
        {
            return null;
        }

        MistakeList mistakes = new();
        SourcePlace place = SourcePlace.Of(declaration.Identifier.GetLocation());
        LstmModel model = declaration.SyntaxTree.Options is CSharpParseOptions options && options.LanguageVersion < LanguageVersion.CSharp13
            ? TooOld(type, declaration, options.LanguageVersion, mistakes)
            : Read(type, declaration, new AttributeReader(data, cancellationToken), mistakes, cancellationToken);
        return new ParsedModel(model with { Diagnostics = mistakes.ToArray() }, place);
    }

    private static LstmModel Read(
        INamedTypeSymbol type, TypeDeclarationSyntax declaration, AttributeReader attribute, MistakeList mistakes, CancellationToken cancellationToken)
    {
        Location place = declaration.Identifier.GetLocation();
        if (attribute.HasErrors)
        {
            mistakes.LeaveToCSharp();
        }

        bool emittable = ClassChecker.Check(type, declaration, mistakes);
        ArgumentReader read = new(type.Name, attribute, mistakes);
        int batchSize = read.Size("BatchSize", "BatchSize", 20, 1, Limits.BatchSize);
        int timeSteps = read.Size("TimeSteps", "TimeSteps", 35, 1, Limits.TimeSteps);
        Initializer initializer = read.Enum("Initializer", Initializer.Default);
        double initialRange = read.InitialRange(DefaultInitialRange);
        bool hasCuda = (read.Enum("Backends", Backends.Cpu) & Backends.Cuda) != 0;
        VariantReader variantReader = new(type, attribute, mistakes, cancellationToken);
        EquatableArray<VariantModel> variants = variantReader.Read();

        List<MemberDraft> members = MemberReader.Read(type, declaration.SyntaxTree, mistakes, cancellationToken);
        List<MemberDraft> dimensionMembers = members.Where(member => member.Kind is null).ToList();
        EquatableArray<DimensionModel> dimensions = new(dimensionMembers.Select(ReadDimension));
        List<LayerDraft> layers = [];
        foreach (MemberDraft member in members.Where(member => member.Kind is not null))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (member.Attribute.HasErrors)
            {
                mistakes.LeaveToCSharp();
            }
            else
            {
                layers.Add(LayerReader.Read(member, initializer, initialRange, mistakes));
            }
        }

        if (attribute.Has("InitialRange") && initializer != Initializer.Uniform && layers.All(layer => layer.Model.Initializer != Initializer.Uniform))
        {
            mistakes.Add(DiagnosticDescriptors.InitialRangeUnused, attribute.LocationOf("InitialRange"), type.Name, "no layer has the uniform initialiser");
        }

        List<IPropertySymbol> bare = MemberReader.ReadBare(type, mistakes, cancellationToken);
        MemberNameChecker names = new(type, declaration, members, mistakes);
        names.Check();
        bool hasConstructor = ConstructorChecker.Check(type, declaration, dimensions, mistakes, cancellationToken);
        CheckWhole(type, place, layers, dimensionMembers, variants, hasCuda, mistakes);

        return new LstmModel(
            Texts.Namespace(type),
            FaceReader.ContainingTypes(declaration),
            Identifiers.Escape(type.Name),
            Texts.Of(type.DeclaredAccessibility),
            HintNames.Of(type),
            batchSize,
            timeSteps,
            dimensions,
            new EquatableArray<LayerModel>(layers.Select(layer => layer.Model)),
            variantReader.TypeName,
            variants,
            mistakes.IsRight,
            UserParts.Declarations(type, cancellationToken).Any(Texts.HasDocumentation),
            Diagnostics: default)
        {
            HasCuda = hasCuda,
            Face = !emittable ? null : FaceReader.Read(declaration, [.. members.Select(member => member.Property), .. bare], dimensions, hasConstructor, names.Taken),
        };
    }

    // Only for members that are right by themselves: otherwise a mistake in one of them would be told again as one of its readers.
    private static void CheckWhole(
        INamedTypeSymbol type, Location place, List<LayerDraft> layers, List<MemberDraft> dimensions,
        EquatableArray<VariantModel> variants, bool hasCuda, MistakeList mistakes)
    {
        if (!mistakes.IsRight)
        {
            return;
        }

        if (layers.Count == 0)
        {
            mistakes.Add(DiagnosticDescriptors.NoLayers, place, type.Name);
            return;
        }

        new ConnectionResolver(type.Name, place, layers, mistakes).Resolve(dimensions);
        if (mistakes.IsRight)
        {
            SizeChecker.Check(layers, mistakes);
            new DropoutChecker(layers, variants, mistakes).Check();
            if (hasCuda)
            {
                CudaLayerChecker.Check(layers, mistakes);
            }
        }
    }

    private static DimensionModel ReadDimension(MemberDraft member) => new(
        Identifiers.Escape(member.Property.Name),
        Identifiers.Escape(Identifiers.ToParameter(member.Property.Name)),
        LayerReader.Modifiers(member),
        Texts.HasDocumentation(member.Syntax));

    private static LstmModel TooOld(INamedTypeSymbol type, TypeDeclarationSyntax declaration, LanguageVersion version, MistakeList mistakes)
    {
        mistakes.Add(DiagnosticDescriptors.LanguageVersion, declaration.Identifier.GetLocation(), type.Name, version.ToDisplayString());
        return Nothing(Identifiers.Escape(type.Name), HintNames.Of(type));
    }

    /// <summary>A model of which nothing is emitted.</summary>
    public static LstmModel Nothing(string name, string hintName) => new(
        string.Empty, default, name, "internal", hintName, 1, 1, default, default, null, default, IsComplete: false, HasDocumentation: false, default);

    // Two attributes on one class are an error of C#, but each of them reaches the generator.
    private static bool IsFirst(INamedTypeSymbol type, AttributeData data) =>
        type.GetAttributes().First(other => LayerKinds.IsModel(other.AttributeClass)).ApplicationSyntaxReference is SyntaxReference first
        && first.SyntaxTree == data.ApplicationSyntaxReference!.SyntaxTree
        && first.Span == data.ApplicationSyntaxReference.Span;
}
