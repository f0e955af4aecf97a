using System;
using System.Collections.Generic;
using System.Linq;
using SdCompiler.Generator.Model;

namespace SdCompiler.Generator.Parsing;

/// <summary>The decoder that an attention should read, for a message about one that reads something else.</summary>
internal static class AttentionDecoder
{
    /// <summary>What to do: name the decoder, move the attention below it, or declare one.</summary>
    /// <param name="attention">The attention; its encoder is known.</param>
    /// <param name="layers">All layers, with their sources.</param>
    public static string WayOut(LayerDraft attention, List<LayerDraft> layers)
    {
        HashSet<string> source = new(StringComparer.Ordinal) { attention.Model.Encoder ?? string.Empty };
        foreach (LayerModel layer in layers.Select(layer => layer.Model).Reverse())
        {
            if (source.Contains(layer.Name))
            {
                source.UnionWith(layer.Sources);
            }
        }

        int index = layers.IndexOf(attention);
        bool IsDecoder(LayerDraft layer) => layer.Kind == LayerKind.Lstm && !source.Contains(layer.Model.Name);
        return layers.Take(index).LastOrDefault(IsDecoder) is LayerDraft above ? $"name the decoder: From = nameof({above.Name})"
            : layers.Skip(index).LastOrDefault(IsDecoder) is LayerDraft below ? $"move '{attention.Name}' below its decoder '{below.Name}'"
            : $"declare a decoder above '{attention.Name}': an [Lstm] that reads an [Embedding] of the target side";
    }
}
