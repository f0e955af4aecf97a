using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using SdCompiler.Generator.Model;
using SdCompiler.Generator.Parsing;

namespace SdCompiler.Generator.Diagnostics;

/// <summary>
/// Shows, while the user types, what the symbols of one class decide: some editors run generators only on save or build. It reads the class
/// with the generator's own parser, and shows the ids that the generator leaves to it (<see cref="DiagnosticDescriptors.IsLive"/>).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ModelAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        DiagnosticDescriptors.All.Where(descriptor => DiagnosticDescriptors.IsLive(descriptor.Id)).ToImmutableArray();

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(AnalyzeType, SymbolKind.NamedType);
    }

    private static void AnalyzeType(SymbolAnalysisContext context)
    {
        INamedTypeSymbol type = (INamedTypeSymbol)context.Symbol;
        AttributeData? attribute = type.GetAttributes().FirstOrDefault(attribute => LayerKinds.IsModel(attribute.AttributeClass));
        if (attribute is null)
        {
            AnalyzeStrayLayers(context, type);
            return;
        }

        ParsedModel? parsed = ModelParser.Parse(type, attribute, context.CancellationToken);
        if (parsed is { StopsAnalyzers: true })
        {
            return;
        }

        foreach (DiagnosticInfo diagnostic in (parsed?.Model.Diagnostics ?? default).Where(diagnostic => DiagnosticDescriptors.IsLive(diagnostic.Id)))
        {
            context.ReportDiagnostic(diagnostic.ToDiagnostic(DiagnosticDescriptors.Of(diagnostic.Id), context.Compilation));
        }
    }

    // Layers in a class that is no model: the generator, which looks for models, never sees them. One message, at the first of them.
    private static void AnalyzeStrayLayers(SymbolAnalysisContext context, INamedTypeSymbol type)
    {
        foreach (IPropertySymbol property in UserParts.Members(type).OfType<IPropertySymbol>())
        {
            foreach (AttributeData attribute in property.GetAttributes())
            {
                string? name = LayerKinds.Of(attribute.AttributeClass)?.ToString() ?? (LayerKinds.IsDimension(attribute.AttributeClass) ? "Dimension" : null);
                if (name is not null)
                {
                    Location location = new AttributeReader(attribute, context.CancellationToken).NameLocation ?? property.Locations[0];
                    context.ReportDiagnostic(Diagnostic.Create(DiagnosticDescriptors.ModelAttributeMissing, location, type.Name, property.Name, name));
                    return;
                }
            }
        }
    }
}
