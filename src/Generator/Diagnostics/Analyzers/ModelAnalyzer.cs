using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using SdCompiler.Generator.Emit;
using SdCompiler.Generator.Model;
using SdCompiler.Generator.Parsing;

namespace SdCompiler.Generator.Diagnostics;

/// <summary>
/// Shows, while the user types, what the symbols of one class decide: some editors run generators only on save or build. It reads the class
/// with the generator's own parser, and shows what the generator, when it ran last, had no reason to say (<see cref="MessageLines"/>): a build, where both run, has
/// every message once, and from the generator, because the compiler calls no analyzers in a project with errors of C# in its declarations.
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
        context.RegisterCompilationStartAction(start =>
        {
            Lazy<ImmutableHashSet<string>> written = new(() => MessageLines.Written(start.Compilation, start.CancellationToken), LazyThreadSafetyMode.PublicationOnly);
            start.RegisterSymbolAction(symbol => AnalyzeType(symbol, written), SymbolKind.NamedType);
        });
    }

    private static void AnalyzeType(SymbolAnalysisContext context, Lazy<ImmutableHashSet<string>> written)
    {
        INamedTypeSymbol type = (INamedTypeSymbol)context.Symbol;
        AttributeData? attribute = type.GetAttributes().FirstOrDefault(attribute => LayerKinds.IsModel(attribute.AttributeClass));
        IEnumerable<DiagnosticInfo> diagnostics = attribute is null
            ? StrayLayers.Messages(Strays(type, context))
            : ModelParser.Parse(type, attribute, context.CancellationToken)?.Model.Diagnostics ?? default;
        foreach (DiagnosticInfo diagnostic in diagnostics.Where(diagnostic => DiagnosticDescriptors.IsLive(diagnostic.Id) && !written.Value.Contains(MessageLines.Of(diagnostic))))
        {
            context.ReportDiagnostic(diagnostic.ToDiagnostic(DiagnosticDescriptors.Of(diagnostic.Id), context.Compilation));
        }
    }

    private static EquatableArray<StrayLayer> Strays(INamedTypeSymbol type, SymbolAnalysisContext context) => StrayLayers.Sort(UserParts.Members(type)
        .OfType<IPropertySymbol>()
        .SelectMany(property => property.GetAttributes().Select(attribute => StrayLayers.Read(property, attribute, context.CancellationToken)))
        .OfType<StrayLayer>());
}
