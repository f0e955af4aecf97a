using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using SdCompiler.Generator.Diagnostics;
using SdCompiler.Generator.Model;

namespace SdCompiler.Generator.Parsing;

/// <summary>What encoders, decoders and attention name: gives each layer its InitialState, Encoder, Feedback and Predicts. <see cref="SideChecker"/> sees whether they make a model.</summary>
internal sealed class SideResolver(string model, List<LayerDraft> layers, Func<int, string, string, Location?, LayerDraft?> find, MistakeList mistakes)
{
    /// <summary>Reads the names of all layers.</summary>
    public void Resolve()
    {
        for (int i = 0; i < layers.Count; i++)
        {
            LayerDraft layer = layers[i];
            switch (layer.Kind)
            {
                case LayerKind.Lstm:
                    layer.Model = layer.Model with { InitialState = Named(i, "InitialState", "InitialState", LayerKind.Lstm), Feedback = Feedback(i) };
                    break;
                case LayerKind.Attention:
                    layer.Model = layer.Model with { Encoder = Named(i, "encoder", "Encoder", LayerKind.Lstm) };
                    TakeWidth(layer);
                    break;
                case LayerKind.Softmax:
                    layer.Model = layer.Model with { Predicts = Named(i, "Predicts", "Predicts", LayerKind.Embedding) };
                    break;
            }
        }
    }

    private LayerDraft? Of(string? name) => layers.FirstOrDefault(layer => layer.Model.Name == name);

    private string? Named(int reader, string argument, string called, LayerKind kind)
    {
        LayerDraft layer = layers[reader];
        if (layer.Attribute.Get<string?>(argument, null) is not string name)
        {
            return null;
        }

        if (find(reader, called, name, layer.Attribute.LocationOf(argument)) is not LayerDraft found)
        {
            return name; // a message says why; that there is a name decides which members the model has
        }

        if (found.Kind != kind)
        {
            mistakes.Add(DiagnosticDescriptors.WrongKind, layer.Attribute.LocationOf(argument), layer.Name, called, found.Name, found.Kind.ToString(), $"name an [{kind}]");
        }

        return found.Model.Name;
    }

    private string? Feedback(int reader)
    {
        LayerDraft layer = layers[reader];
        if (layer.Attribute.Get<string?>("Feedback", null) is not string name)
        {
            return null;
        }

        LayerDraft? below = reader + 1 < layers.Count ? layers[reader + 1] : null;
        string? mistake = layers.All(other => other.Name != name) ? "which is no layer of the model"
            : below?.Name != name ? "which is not the layer right below"
            : below.Kind != LayerKind.Attention ? $"which is [{below.Kind}]"
            : below.Model.Sources.Count != 1 || below.Model.Sources[0] != layer.Model.Name ? $"which does not read '{layer.Name}'"
            : null;
        if (mistake is not null)
        {
            mistakes.Add(DiagnosticDescriptors.FeedbackElsewhere, layer.Attribute.LocationOf("Feedback"), layer.Name, name, mistake);
            return null;
        }

        return below!.Model.Name;
    }

    /// <summary>An attention is as wide as the decoder that it reads, which must be an LSTM.</summary>
    private void TakeWidth(LayerDraft attention)
    {
        if (attention.Model.Sources.Count != 1 || Of(attention.Model.Sources[0]) is not LayerDraft decoder)
        {
            return; // a message says why
        }

        if (layers.First(layer => layer.Kind == LayerKind.Attention) is LayerDraft first && first != attention)
        {
            mistakes.Add(
                DiagnosticDescriptors.SidesMixed, attention.Attribute.NameLocation, model, $"'{attention.Name}' is a second [Attention]",
                $"remove it or '{first.Name}': a model has one");
            return;
        }

        if (decoder.Kind != LayerKind.Lstm)
        {
            mistakes.Add(
                DiagnosticDescriptors.WrongKind, attention.Attribute.LocationOf("From"), attention.Name, "The decoder",
                decoder.Name, decoder.Kind.ToString(), AttentionDecoder.WayOut(attention, layers));
            return;
        }

        attention.Model = attention.Model with { Width = decoder.Model.Width };
    }
}
