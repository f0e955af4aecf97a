using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using SdCompiler.Generator.Diagnostics;
using SdCompiler.Generator.Model;

namespace SdCompiler.Generator.Parsing;

/// <summary>
/// Finds out what each layer reads, and checks that the layers make a model: names exist, sources stand above their readers (so there is no
/// cycle), one loss stands last, every layer and every dimension is used. A mistake hides those that would only follow from it.
/// </summary>
internal sealed class ConnectionResolver(string model, Location place, List<LayerDraft> layers, MistakeList mistakes)
{
    /// <summary>Gives each layer its sources.</summary>
    public void Resolve(List<MemberDraft> dimensions)
    {
        int before = mistakes.Count;
        for (int i = 0; i < layers.Count; i++)
        {
            layers[i].Model = layers[i].Model with { Sources = new EquatableArray<string>(Sources(i)) };
            if (layers[i].Model.IsClassOfEachStep && layers[i].Attribute.Get<string?>("TiedTo", null) is string tied
                && Find(i, "TiedTo", tied, layers[i].Attribute.LocationOf("TiedTo")) is LayerDraft embedding)
            {
                layers[i].Model = layers[i].Model with { TiedTo = embedding.Model.Name };
            }
        }

        new SideResolver(model, layers, Find, mistakes).Resolve();
        CheckDimensions(dimensions);
        if (mistakes.Count == before)
        {
            CheckLoss();
        }

        if (mistakes.Count == before)
        {
            new SideChecker(model, place, layers, mistakes).Check();
        }

        if (mistakes.Count == before)
        {
            CheckAllRead();
            SetContextWidths();
            CheckTies();
            CheckEnds();
        }
    }

    private IEnumerable<string> Sources(int reader)
    {
        LayerDraft layer = layers[reader];
        string? from = layer.Attribute.Get<string?>("From", null);
        if (LayerKinds.IsInput(layer.Kind))
        {
            if (from is not null)
            {
                mistakes.Add(DiagnosticDescriptors.InputReads, layer.Attribute.LocationOf("From"), layer.Name, from, layer.Kind.ToString());
            }

            return [];
        }

        if (layer.Kind == LayerKind.Concat)
        {
            return Concatenated(reader, from);
        }

        if (from is not null)
        {
            return Find(reader, "From", from, layer.Attribute.LocationOf("From")) is LayerDraft source ? [source.Model.Name] : [];
        }

        if (reader == 0)
        {
            mistakes.Add(DiagnosticDescriptors.FirstLayerNotInput, layer.Attribute.NameLocation, model, layer.Name, layer.Kind.ToString());
            return [];
        }

        return [layers[reader - 1].Model.Name];
    }

    private List<string> Concatenated(int reader, string? from)
    {
        LayerDraft layer = layers[reader];
        if (from is not null)
        {
            mistakes.Add(DiagnosticDescriptors.ConcatFrom, layer.Attribute.LocationOf("From"), layer.Name, from);
        }

        List<string> sources = [];
        System.Collections.Immutable.ImmutableArray<string> names = layer.Attribute.GetNames("layers");
        if (names.Length < 2)
        {
            mistakes.Add(
                DiagnosticDescriptors.ConcatTooFew, layer.Attribute.Location, layer.Name,
                names.Length == 0 ? "no layer" : $"only '{names[0]}'");
            return sources;
        }

        for (int i = 0; i < names.Length; i++)
        {
            Location? location = layer.Attribute.LocationOf("layers", i);
            if (names.IndexOf(names[i]) < i)
            {
                mistakes.Add(DiagnosticDescriptors.ConcatRepeats, location, layer.Name, names[i]);
            }
            else if (Find(reader, "[Concat]", names[i], location) is LayerDraft source)
            {
                sources.Add(source.Model.Name);
            }
        }

        return sources;
    }

    /// <summary>The layer above the reader that has the name, or null after a message.</summary>
    private LayerDraft? Find(int reader, string argument, string name, Location? location)
    {
        string owner = layers[reader].Name;
        int index = layers.FindIndex(layer => layer.Name == name);
        if (index >= 0 && index < reader)
        {
            return layers[index];
        }

        if (index == reader)
        {
            mistakes.Add(DiagnosticDescriptors.ReadsItself, location, owner, argument);
        }
        else if (index > reader)
        {
            mistakes.Add(DiagnosticDescriptors.ReadsLaterLayer, location, owner, argument, name);
        }
        else
        {
            string[] others = layers.Take(reader).Select(layer => layer.Name).ToArray();
            mistakes.Add(DiagnosticDescriptors.UnknownLayer, location, owner, argument, name, others.Length == 0 ? "the layers above it (there are none)" : Texts.Choice(others));
        }

        return null;
    }

    private void CheckDimensions(List<MemberDraft> dimensions)
    {
        HashSet<string> used = new(StringComparer.Ordinal);
        int before = mistakes.Count;
        string wayOut = dimensions.Count == 0
            ? "declare one: [Dimension] public partial int Vocabulary { get; }"
            : "use nameof of " + Texts.Choice(dimensions.Select(dimension => dimension.Property.Name).ToArray());
        foreach (LayerDraft layer in layers)
        {
            bool embedding = layer.Kind is LayerKind.Embedding or LayerKind.CharacterCnn or LayerKind.CharacterLstm; // its table has rows by the dimension
            SizeModel? size = embedding ? layer.Model.Tokens : layer.Model.Width;
            if (size?.Dimension is not string name)
            {
                continue;
            }

            used.Add(name);
            if (dimensions.All(dimension => dimension.Property.Name != name))
            {
                (string argument, string title) = layer.Kind switch
                {
                    LayerKind.Embedding => ("tokens", "Tokens"),
                    LayerKind.CharacterCnn or LayerKind.CharacterLstm => ("characters", "Characters"),
                    LayerKind.Crf => ("tags", "Tags"),
                    _ => ("classes", "Classes"),
                };
                mistakes.Add(DiagnosticDescriptors.UnknownDimension, layer.Attribute.LocationOf(argument), layer.Name, title, name, wayOut);
                continue;
            }

            SizeModel late = SizeModel.Late(Identifiers.Escape(name));
            layer.Model = embedding ? layer.Model with { Tokens = late } : layer.Model with { Width = late };
        }

        foreach (MemberDraft dimension in dimensions.Where(dimension => mistakes.Count == before && !used.Contains(dimension.Property.Name)))
        {
            mistakes.Add(DiagnosticDescriptors.DimensionUnused, dimension.Place, model, dimension.Property.Name);
        }
    }

    private void CheckLoss()
    {
        int first = layers.FindIndex(layer => LayerKinds.IsLoss(layer.Kind));
        if (first < 0)
        {
            mistakes.Add(DiagnosticDescriptors.NoLoss, place, model);
            return;
        }

        int second = layers.FindIndex(first + 1, layer => LayerKinds.IsLoss(layer.Kind));
        if (second >= 0)
        {
            mistakes.Add(DiagnosticDescriptors.SeveralLosses, layers[second].Attribute.NameLocation, model, layers[second].Name, layers[first].Name);
        }
        else if (first < layers.Count - 1)
        {
            mistakes.Add(DiagnosticDescriptors.LossNotLast, layers[first].Attribute.NameLocation, model, layers[first].Name, layers[first + 1].Name);
        }
    }

    private void CheckAllRead()
    {
        HashSet<string> read = new(layers.SelectMany(layer => layer.Model.Sources.Concat(new[] { layer.Model.InitialState, layer.Model.Encoder }.OfType<string>())), StringComparer.Ordinal);
        foreach (LayerDraft layer in layers.Where(layer => !LayerKinds.IsLoss(layer.Kind) && !read.Contains(layer.Model.Name)))
        {
            mistakes.Add(DiagnosticDescriptors.LayerNotRead, layer.Place, model, layer.Name);
        }
    }

    /// <summary>A context is as long as what the layer reads, unless it says otherwise.</summary>
    private void SetContextWidths()
    {
        WidthTable widths = new(layers);
        foreach (LayerDraft layer in layers.Where(layer => layer.Model.Mixture is { Width: 0 }))
        {
            layer.Model = layer.Model with { Mixture = layer.Model.Mixture! with { Width = (int)System.Math.Min(widths.Read(layer.Model), Limits.Width) } };
        }
    }

    private void CheckTies()
    {
        WidthTable widths = new(layers);
        foreach (LayerDraft softmax in layers.Where(layer => layer.Model.TiedTo is not null))
        {
            LayerDraft embedding = layers.First(layer => layer.Model.Name == softmax.Model.TiedTo);
            Location? location = softmax.Attribute.LocationOf("TiedTo");
            if (embedding.Kind != LayerKind.Embedding)
            {
                mistakes.Add(DiagnosticDescriptors.TiedToNotEmbedding, location, softmax.Name, embedding.Name, embedding.Kind.ToString());
                continue;
            }

            if (embedding.Model.IsFrozen)
            {
                mistakes.Add(DiagnosticDescriptors.TiedToFrozen, location, softmax.Name, embedding.Name);
                continue;
            }

            if (embedding.Model.Tokens != softmax.Model.Width)
            {
                mistakes.Add(DiagnosticDescriptors.TiedTokensDiffer, location, softmax.Name, embedding.Name, Texts.Of(embedding.Model.Tokens!), Texts.Of(softmax.Model.Width));
                continue;
            }

            if (softmax.Model.Mixture is MixtureModel mixture)
            {
                if (mixture.Width != embedding.Model.Width.Constant)
                {
                    mistakes.Add(
                        DiagnosticDescriptors.TiedContextDiffers, location, softmax.Name, embedding.Name, Texts.Of(embedding.Model.Width.Constant), Texts.Of(mixture.Width));
                }

                continue;
            }

            string source = softmax.Model.Sources[0];
            if (widths.Of(source) != embedding.Model.Width.Constant)
            {
                mistakes.Add(
                    DiagnosticDescriptors.TiedWidthDiffers, location, softmax.Name, embedding.Name,
                    Texts.Of(embedding.Model.Width.Constant), Texts.Of(widths.Of(source)), source.TrimStart('@'));
            }
        }
    }

    /// <summary>Of both directions side by side only the LSTM itself knows where each ends: below another layer, a row's last step stands for both.</summary>
    private void CheckEnds()
    {
        foreach (LayerDraft loss in layers.Where(layer => layer.Kind == LayerKind.Classification))
        {
            LayerDraft read = Of(loss.Model.Sources[0]);
            if (read.Kind != LayerKind.Lstm && BothBehind(read) is LayerDraft both)
            {
                mistakes.Add(DiagnosticDescriptors.EndsNotRead, loss.Attribute.LocationOf("From"), loss.Name, both.Name, read.Name);
            }
        }
    }

    private LayerDraft? BothBehind(LayerDraft layer) =>
        layer.Model.Direction == Direction.Both ? layer
        : layer.Kind is LayerKind.Linear or LayerKind.Concat ? layer.Model.Sources.Select(source => BothBehind(Of(source))).FirstOrDefault(both => both is not null)
        : null;

    private LayerDraft Of(string name) => layers.First(layer => layer.Model.Name == name);
}
