using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using SdCompiler.Generator.Model;

namespace SdCompiler.Generator.Parsing;

/// <summary>Which attribute makes which layer, and the type that its property must have.</summary>
internal static class LayerKinds
{
    public const string Namespace = "SdCompiler";
    public const string ModelAttribute = "SdCompiler.StructuredDropoutLstmAttribute";

    /// <summary>A type of the runtime that every emitted trainer derives from: without it the runtime is not referenced.</summary>
    public const string RuntimeMarker = "SdCompiler.LstmTrainer`1";

    /// <summary>A type of the CUDA runtime, for models that ask for it.</summary>
    public const string CudaRuntimeMarker = "SdCompiler.Runtime.Cuda.CudaTrainerBody";

    /// <summary>Every attribute that a property of a model can have, for the generator, which finds properties by them.</summary>
    public static IEnumerable<string> PropertyAttributes =>
        Enum.GetNames(typeof(LayerKind)).Concat(["Dimension"]).Select(name => $"{Namespace}.{name}Attribute");

    public static LayerKind? Of(INamedTypeSymbol? attribute) => !IsOurs(attribute) ? null : attribute!.Name switch
    {
        "EmbeddingAttribute" => LayerKind.Embedding,
        "SeriesAttribute" => LayerKind.Series,
        "LstmAttribute" => LayerKind.Lstm,
        "ConcatAttribute" => LayerKind.Concat,
        "LinearAttribute" => LayerKind.Linear,
        "SoftmaxAttribute" => LayerKind.Softmax,
        "ClassificationAttribute" => LayerKind.Classification,
        "RegressionAttribute" => LayerKind.Regression,
        "CrfAttribute" => LayerKind.Crf,
        "CharacterCnnAttribute" => LayerKind.CharacterCnn,
        "AttentionAttribute" => LayerKind.Attention,
        "CharacterLstmAttribute" => LayerKind.CharacterLstm,
        "MixtureOfSoftmaxesAttribute" => LayerKind.MixtureOfSoftmaxes,
        _ => null,
    };

    public static bool IsModel(INamedTypeSymbol? attribute) => IsOurs(attribute) && attribute!.Name == "StructuredDropoutLstmAttribute";

    public static bool IsDimension(INamedTypeSymbol? attribute) => IsOurs(attribute) && attribute!.Name == "DimensionAttribute";

    public static bool IsVariant(INamedTypeSymbol? attribute) => IsOurs(attribute) && attribute!.Name == "VariantAttribute";

    /// <summary>The type of the property, in namespace SdCompiler.</summary>
    public static string TypeName(LayerKind kind) => kind + "Layer";

    /// <summary>The layer that a property of this type can stand for.</summary>
    public static LayerKind? OfProperty(ITypeSymbol type) =>
        type is INamedTypeSymbol named && IsOurs(named) && named.Name.EndsWith("Layer", StringComparison.Ordinal)
        && Enum.TryParse(named.Name.Substring(0, named.Name.Length - "Layer".Length), out LayerKind kind) && TypeName(kind) == named.Name
            ? kind
            : null;

    public static bool IsInput(LayerKind kind) => kind is LayerKind.Embedding or LayerKind.Series or LayerKind.CharacterCnn or LayerKind.CharacterLstm;

    public static bool IsLoss(LayerKind kind) => kind is LayerKind.Softmax or LayerKind.Classification or LayerKind.Regression or LayerKind.Crf or LayerKind.MixtureOfSoftmaxes;

    public static bool IsOurs(INamedTypeSymbol? type) =>
        type is { ContainingType: null, ContainingNamespace: { Name: Namespace, ContainingNamespace.IsGlobalNamespace: true } };
}
