using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using SdCompiler.Generator.Diagnostics;
using SdCompiler.Generator.Model;

namespace SdCompiler.Generator.Parsing;

/// <summary>
/// Finds the two sides of an encoder-decoder: what an encoder stands on is the source side, everything else the target side. They meet only where a decoder starts at the
/// encoder's last state, and in an attention.
/// </summary>
internal sealed class SideChecker(string model, Location place, List<LayerDraft> layers, MistakeList mistakes)
{
    /// <summary>Checks that the sides make a model, and tells each layer which one it is on. Needs names, sources and dimensions.</summary>
    public void Check()
    {
        LayerDraft[] decoders = layers.Where(layer => (layer.Model.InitialState ?? layer.Model.Encoder) is not null).ToArray();
        LayerDraft loss = layers[layers.Count - 1];
        if (decoders.Length == 0)
        {
            if (loss.Model.Predicts is string predicts)
            {
                mistakes.Add(
                    DiagnosticDescriptors.PredictsElsewhere, loss.Attribute.LocationOf("Predicts"), loss.Name, predicts.TrimStart('@'), "but the model has no decoder",
                    "remove it, or give an [Lstm] an InitialState or an [Attention]");
            }

            return;
        }

        foreach (LayerDraft layer in layers.Where(layer => SourceSide(decoders).Contains(layer.Model.Name)))
        {
            layer.Model = layer.Model with { IsSource = true };
        }

        int before = mistakes.Count;
        CheckSizes(decoders);
        CheckDirections();
        CheckPenalties();
        CheckCrossing(decoders);
        if (mistakes.Count == before)
        {
            CheckInputs(loss);
        }
    }

    private LayerDraft? Of(string? name) => layers.FirstOrDefault(layer => layer.Model.Name == name);

    private HashSet<string> SourceSide(LayerDraft[] decoders)
    {
        HashSet<string> source = new(decoders.SelectMany(layer => new[] { layer.Model.InitialState, layer.Model.Encoder }).OfType<string>(), StringComparer.Ordinal);
        foreach (LayerModel layer in layers.Select(layer => layer.Model).Reverse())
        {
            if (source.Contains(layer.Name))
            {
                source.UnionWith(layer.Sources);
            }
        }

        return source;
    }

    private void CheckSizes(LayerDraft[] decoders)
    {
        foreach (LayerDraft layer in decoders)
        {
            LayerModel it = layer.Model;
            if (Of(it.InitialState) is LayerDraft start && (start.Model.Width != it.Width || start.Model.Layers != it.Layers))
            {
                mistakes.Add(
                    DiagnosticDescriptors.EncoderDiffers, layer.Attribute.LocationOf("InitialState"), layer.Name, "InitialState", start.Name, Size(start.Model), layer.Name, Size(it), string.Empty);
            }

            if (it.Score == AttentionScore.Dot && Of(it.Encoder) is LayerDraft encoder && encoder.Model.Width != it.Width)
            {
                LayerDraft decoder = Of(it.Sources[0])!;
                mistakes.Add(
                    DiagnosticDescriptors.EncoderDiffers, layer.Attribute.LocationOf("encoder"), layer.Name, "Encoder", encoder.Name, Texts.Of(encoder.Model.Width.Constant) + " units", decoder.Name,
                    Texts.Of(it.Width.Constant), ", or use AttentionScore.General, because a dot product needs as many of both");
            }
        }
    }

    private void CheckDirections()
    {
        foreach (LayerDraft layer in layers.Where(layer => layer.Model.Direction == Direction.Both))
        {
            Mixed(
                layer.Attribute.LocationOf("Direction"), $"'{layer.Name}' reads in both directions",
                "a decoder knows no later word while it translates, and starts where an encoder of one direction ends: leave Direction out");
        }
    }

    /// <summary>A decoder with feedback and its attention are one chain of steps, and penalties are of whole windows.</summary>
    private void CheckPenalties()
    {
        foreach (LayerDraft layer in layers.Where(layer => layer.Model.Feedback is not null))
        {
            foreach ((string penalty, double factor) in new[] { ("ActivationPenalty", layer.Model.ActivationPenalty), ("TemporalPenalty", layer.Model.TemporalPenalty) })
            {
                if (factor > 0)
                {
                    Mixed(layer.Attribute.LocationOf(penalty), $"'{layer.Name}' has both Feedback and {penalty}", "leave one of the two out");
                }
            }
        }
    }

    private void CheckCrossing(LayerDraft[] decoders)
    {
        foreach (LayerDraft layer in layers)
        {
            LayerDraft? crossed = layer.Model.IsSource ? null : layer.Model.Sources.Select(Of).FirstOrDefault(source => source!.Model.IsSource);
            if (crossed is not null)
            {
                int source = layer.Model.Sources.ToList().IndexOf(crossed.Model.Name);
                Mixed(
                    layer.Kind == LayerKind.Concat ? layer.Attribute.LocationOf("layers", source) : layer.Attribute.LocationOf("From"), $"'{layer.Name}' of the target side reads '{crossed.Name}' of the source side",
                    layer.Kind == LayerKind.Attention
                        ? AttentionDecoder.WayOut(layer, layers)
                        : "their sequences have different steps: read an input of the target side, and the encoder through InitialState or an [Attention]");
            }

            if (layer.Model.IsSource && decoders.Contains(layer))
            {
                Mixed(layer.Attribute.NameLocation, $"'{layer.Name}' is a decoder on the source side", "a model has one encoder side and one decoder side");
            }
        }

        foreach (LayerDraft layer in decoders.Where(layer => layer.Model.InitialState is not null))
        {
            LayerDraft first = decoders.First(other => other.Model.InitialState == layer.Model.InitialState);
            if (first != layer)
            {
                Mixed(
                    layer.Attribute.LocationOf("InitialState"), $"'{layer.Model.InitialState!.TrimStart('@')}' starts both '{first.Name}' and '{layer.Name}'",
                    "use one [Lstm] with several Layers on each side");
            }
        }
    }

    private void CheckInputs(LayerDraft loss)
    {
        foreach (bool isSource in new[] { true, false })
        {
            LayerDraft[] inputs = layers.Where(layer => LayerKinds.IsInput(layer.Kind) && layer.Model.IsSource == isSource).ToArray();
            if (inputs.Length == 1 && inputs[0].Kind == LayerKind.Embedding)
            {
                continue;
            }

            string side = isSource ? "source" : "target";
            Mixed(
                inputs.Length == 0 ? place : inputs[inputs.Length - 1].Attribute.NameLocation,
                inputs.Length == 1 ? $"the input of its {side} side is a [{inputs[0].Kind}]" : $"its {side} side has {(inputs.Length == 0 ? "no input" : Texts.Of(inputs.Length) + " inputs")}",
                $"give the {side} side one [Embedding]");
            return;
        }

        if (loss.Kind != LayerKind.Softmax)
        {
            Mixed(loss.Attribute.NameLocation, $"it ends with [{loss.Kind}]", "end it with a [Softmax] whose Predicts names the input of the target side");
            return;
        }

        LayerDraft target = layers.First(layer => LayerKinds.IsInput(layer.Kind) && !layer.Model.IsSource);
        if (loss.Model.Predicts is null)
        {
            Mixed(loss.Attribute.NameLocation, $"'{loss.Name}' does not say what it predicts", $"add Predicts = nameof({target.Name}), so that a predictor knows where its tokens go");
            return;
        }

        (string mistake, string wayOut) = loss.Model.Predicts != target.Model.Name
            ? ("which is on the source side", $"name '{target.Name}', and give both the same dimension or number")
            : target.Model.Tokens != loss.Model.Width
            ? ($"which has {Texts.Of(target.Model.Tokens!)} tokens, but '{loss.Name}' has {Texts.Of(loss.Model.Width)} classes", "give both the same dimension or number")
            : (string.Empty, string.Empty);
        if (mistake.Length > 0)
        {
            mistakes.Add(
                DiagnosticDescriptors.PredictsElsewhere, loss.Attribute.LocationOf("Predicts"), loss.Name, loss.Model.Predicts.TrimStart('@'), mistake, wayOut);
        }
    }

    private void Mixed(Location? location, string mistake, string wayOut) => mistakes.Add(DiagnosticDescriptors.SidesMixed, location, model, mistake, wayOut);

    private static string Size(LayerModel layer) => $"{Texts.Of(layer.Layers)} x {Texts.Of(layer.Width.Constant)} units";
}
