using System.Collections.Generic;
using SdCompiler.Generator.Diagnostics;
using SdCompiler.Generator.Model;

namespace SdCompiler.Generator.Parsing;

/// <summary>Finds layers that the CUDA backend lacks, in a model that asks for it.</summary>
internal static class CudaLayerChecker
{
    public static void Check(List<LayerDraft> layers, MistakeList mistakes)
    {
        foreach (LayerDraft layer in layers)
        {
            string? lacking = layer.Kind switch
            {
                LayerKind.Softmax when layer.Model.TiedTo is not null => "TiedTo",
                LayerKind.Lstm when layer.Model.Direction == Direction.Both => "Direction.Both",
                LayerKind.Embedding when layer.Model.WordDropout > 0m => "WordDropout",
                LayerKind.Embedding when layer.Model.IsFrozen => "frozen table (Trainable = false)",
                LayerKind.Crf => "CRF",
                LayerKind.CharacterCnn => "CharacterCnn",
                LayerKind.CharacterLstm => "CharacterLstm",
                LayerKind.MixtureOfSoftmaxes => "MixtureOfSoftmaxes",
                LayerKind.Lstm when layer.Model.WeightDropout.Rate > 0m => "WeightDropout",
                LayerKind.Lstm when layer.Model.ActivationPenalty > 0 => "ActivationPenalty",
                LayerKind.Lstm when layer.Model.TemporalPenalty > 0 => "TemporalPenalty",
                LayerKind.Softmax when layer.Model.LabelSmoothing > 0 => "LabelSmoothing",
                LayerKind.Attention => "Attention",
                LayerKind.Lstm when layer.Model.InitialState is not null => "InitialState",
                _ => null,
            };
            if (lacking is not null)
            {
                mistakes.Add(DiagnosticDescriptors.LayerWithoutCuda, layer.Attribute.Location, layer.Name, lacking);
            }
        }
    }
}
