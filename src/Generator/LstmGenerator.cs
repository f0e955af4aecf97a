using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using SdCompiler.Generator.Diagnostics;
using SdCompiler.Generator.Emit;
using SdCompiler.Generator.Model;
using SdCompiler.Generator.Parsing;

namespace SdCompiler.Generator;

/// <summary>
/// Wiring only: attribute, <see cref="ModelParser"/>, <see cref="LstmModel"/>, <see cref="ModelCompiler"/>, file. Diagnostics have a branch of
/// their own, so that a moved place re-reports a message without re-emitting a file. An exception would remove every model of the project
/// from the build, so there is none: one becomes a message for its model.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class LstmGenerator : IIncrementalGenerator
{
    private readonly Func<LstmModel, CancellationToken, CompiledModel> _compile;

    /// <summary>The generator as the compiler creates it.</summary>
    public LstmGenerator()
        : this(ModelCompiler.Compile)
    {
    }

    /// <summary>With another compiler, for tests of what happens when it fails.</summary>
    internal LstmGenerator(Func<LstmModel, CancellationToken, CompiledModel> compile) => _compile = compile;

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<ParsedModel> parsed = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                LayerKinds.ModelAttribute,
                static (node, _) => node is TypeDeclarationSyntax,
                static (model, cancellationToken) => Parse(model, cancellationToken))
            .Where(static item => item is not null)
            .Select(static (item, _) => item!)
            .WithTrackingName(TrackingNames.Parse);

        IncrementalValueProvider<EquatableArray<HintName>> hintNames = parsed
            .Select(static (item, _) => item.Model.HintName)
            .Collect()
            .Select(static (names, _) => HintNames.Resolve(names))
            .WithTrackingName(TrackingNames.HintNames);

        IncrementalValueProvider<bool> hasRuntime = context.CompilationProvider
            .Select(static (compilation, _) => compilation.GetTypeByMetadataName(LayerKinds.RuntimeMarker) is not null)
            .WithTrackingName(TrackingNames.Runtime);

        IncrementalValueProvider<bool> hasCudaRuntime = context.CompilationProvider
            .Select(static (compilation, _) => compilation.GetTypeByMetadataName(LayerKinds.CudaRuntimeMarker) is not null)
            .WithTrackingName(TrackingNames.CudaRuntime);

        IncrementalValuesProvider<CompiledModel> compiled = parsed
            .Select(static (item, _) => item.Model with { Diagnostics = new(item.Model.Diagnostics.Select(DiagnosticInfo.WithoutPlace)) })
            .Combine(hintNames.Combine(hasCudaRuntime))
            .Select(static (pair, _) => pair.Left with { HintName = HintNames.Find(pair.Right.Left, pair.Left.HintName), HasCuda = pair.Left.HasCuda && pair.Right.Right })
            .WithTrackingName(TrackingNames.Model)
            .Combine(hasRuntime)
            .Select((pair, cancellationToken) => pair.Right
                ? Compile(pair.Left, cancellationToken)
                : new CompiledModel(pair.Left.HintName, WrongModelFace.EmitMessages(pair.Left), default))
            .WithTrackingName(TrackingNames.Compile);

        context.RegisterSourceOutput(compiled, static (output, item) =>
        {
            if (item.Source.Length > 0)
            {
                output.AddSource(item.HintName + ".g.cs", SourceText.From(item.Source, Encoding.UTF8));
            }
        });

        IncrementalValueProvider<EquatableArray<StrayLayer>> strays = FindStrayLayers(context);
        context.RegisterSourceOutput(
            strays.Select(static (layers, _) => new EquatableArray<StrayLayer>(layers.Select(layer => layer with { Message = DiagnosticInfo.WithoutPlace(layer.Message) }))),
            static (output, layers) =>
            {
                if (layers.Count > 0)
                {
                    output.AddSource(StrayLayersEmitter.HintName + ".g.cs", SourceText.From(StrayLayersEmitter.Emit(layers), Encoding.UTF8));
                }
            });

        Report(context, parsed.SelectMany(static (item, _) => item.Model.Diagnostics.Select(diagnostic => Placed(diagnostic, item.Place))));
        Report(context, strays.SelectMany(static (layers, _) => StrayLayers.Messages(layers)));
        Report(context, parsed.Collect().Combine(hasRuntime).SelectMany(static (pair, _) => MissingRuntime(pair.Left, pair.Right)));
        Report(context, parsed.Where(static item => item.Model.HasCuda).Combine(hasCudaRuntime).SelectMany(static (pair, _) => MissingCudaRuntime(pair.Left, pair.Right)));
        Report(context, compiled
            .Where(static item => item.Diagnostics.Count > 0)
            .Combine(parsed.Collect().Combine(hintNames))
            .SelectMany(static (pair, _) => Placed(pair.Left, pair.Right.Left, pair.Right.Right)));
    }

    // A class with two attributes comes once for each declaration, with both of them every time.
    private static ParsedModel? Parse(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken) =>
        context.Attributes.FirstOrDefault(attribute => attribute.ApplicationSyntaxReference is SyntaxReference reference
            && reference.SyntaxTree == context.TargetNode.SyntaxTree
            && context.TargetNode.Span.Contains(reference.Span)) is AttributeData attribute
        ? ModelParser.Parse((INamedTypeSymbol)context.TargetSymbol, attribute, cancellationToken)
        : null;

    /// <summary>Shows diagnostics in their syntax trees, so that <c>#pragma warning</c> works. No item, no work: a model that is right costs nothing here.</summary>
    private static void Report(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<DiagnosticInfo> diagnostics) =>
        context.RegisterSourceOutput(
            diagnostics.WithTrackingName(TrackingNames.Diagnostics).Combine(context.CompilationProvider),
            static (output, pair) => output.ReportDiagnostic(pair.Left.ToDiagnostic(DiagnosticDescriptors.Of(pair.Left.Id), pair.Right)));

    // By their attributes, each of which the compiler finds without looking at other code.
    private static IncrementalValueProvider<EquatableArray<StrayLayer>> FindStrayLayers(IncrementalGeneratorInitializationContext context) => LayerKinds.PropertyAttributes
        .Select(attribute => context.SyntaxProvider
            .ForAttributeWithMetadataName(
                attribute,
                static (node, _) => node is BasePropertyDeclarationSyntax,
                static (property, cancellationToken) => StrayLayers.Read((IPropertySymbol)property.TargetSymbol, property.Attributes[0], cancellationToken))
            .Where(static layer => layer is not null)
            .Select(static (layer, _) => layer!)
            .Collect())
        .Aggregate(static (all, found) => all.Combine(found).Select(static (pair, _) => pair.Left.AddRange(pair.Right)))
        .Select(static (layers, _) => StrayLayers.Sort(layers))
        .WithTrackingName(TrackingNames.StrayLayers);

    private static IEnumerable<DiagnosticInfo> MissingRuntime(ImmutableArray<ParsedModel> items, bool hasRuntime) => hasRuntime
        ? []
        : items
            .OrderBy(item => item.Model.HintName, StringComparer.Ordinal)
            .Take(1)
            .Select(item => Placed(DiagnosticInfo.Unplaced(DiagnosticDescriptors.RuntimeMissing, item.Model.Name), item.Place));

    private static IEnumerable<DiagnosticInfo> MissingCudaRuntime(ParsedModel item, bool hasRuntime) => hasRuntime
        ? []
        : [Placed(DiagnosticInfo.Unplaced(DiagnosticDescriptors.CudaRuntimeMissing, item.Model.Name), item.Place)];

    private static IEnumerable<DiagnosticInfo> Placed(CompiledModel compiled, ImmutableArray<ParsedModel> items, EquatableArray<HintName> names)
    {
        ParsedModel? owner = items.FirstOrDefault(item => HintNames.Find(names, item.Model.HintName) == compiled.HintName);
        return compiled.Diagnostics.Select(diagnostic => Placed(diagnostic, owner?.Place ?? SourcePlace.None));
    }

    private static DiagnosticInfo Placed(DiagnosticInfo diagnostic, SourcePlace place) =>
        diagnostic.Place == SourcePlace.None ? diagnostic with { Place = place } : diagnostic;

    private CompiledModel Compile(LstmModel model, CancellationToken cancellationToken)
    {
        try
        {
            return _compile(model, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new CompiledModel(model.HintName, WrongModelFace.Emit(model), new([InternalErrors.Of(model.Name, exception)]));
        }
    }
}
