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

/// <summary>Finds layers in classes that are no models: whoever looks for models never sees them. Used by the generator and by the live analyzer.</summary>
internal static class StrayLayers
{
    /// <summary>The stray layer that an attribute makes of a property; null in a model, and for other attributes.</summary>
    public static StrayLayer? Read(IPropertySymbol property, AttributeData data, CancellationToken cancellationToken)
    {
        string? attribute = LayerKinds.Of(data.AttributeClass)?.ToString() ?? (LayerKinds.IsDimension(data.AttributeClass) ? "Dimension" : null);
        INamedTypeSymbol type = property.ContainingType;
        if (attribute is null || type.GetAttributes().Any(other => LayerKinds.IsModel(other.AttributeClass)))
        {
            return null;
        }

        Location? place = new AttributeReader(data, cancellationToken).NameLocation ?? property.Locations.FirstOrDefault();
        return new StrayLayer(
            HintNames.Of(type),
            Texts.Namespace(type),
            Types(property, cancellationToken),
            FaceReader.Property(property),
            new DiagnosticInfo(DiagnosticDescriptors.ModelAttributeMissing.Id, SourcePlace.Of(place), new([type.Name, property.Name, attribute])));
    }

    /// <summary>Class by class, and in each in the order in which the layers are written.</summary>
    public static EquatableArray<StrayLayer> Sort(IEnumerable<StrayLayer> layers) => new(layers
        .OrderBy(layer => layer.Owner, StringComparer.Ordinal)
        .ThenBy(layer => layer.Message.Place.FilePath, StringComparer.Ordinal)
        .ThenBy(layer => layer.Message.Place.Span.Start));

    /// <summary>One message for each class, at the first of its layers.</summary>
    /// <param name="layers">In order.</param>
    public static IEnumerable<DiagnosticInfo> Messages(EquatableArray<StrayLayer> layers) =>
        layers.GroupBy(layer => layer.Owner, StringComparer.Ordinal).Select(group => group.First().Message);

    // A part can be emitted where all types are partial, and none is of its file alone.
    private static EquatableArray<string> Types(IPropertySymbol property, CancellationToken cancellationToken)
    {
        TypeDeclarationSyntax[] types = property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken).Ancestors().OfType<TypeDeclarationSyntax>().Reverse().ToArray() ?? [];
        for (INamedTypeSymbol? type = property.ContainingType; type is not null; type = type.ContainingType)
        {
            if (type.IsFileLocal)
            {
                return default;
            }
        }

        return types.All(type => type.Modifiers.Any(SyntaxKind.PartialKeyword)) ? new(types.Select(FaceReader.Declaration)) : default;
    }
}
