using System;
using System.Collections.Generic;
using System.Linq;
using SdCompiler.Generator.Model;

namespace SdCompiler.Generator.Parsing;

/// <summary>What each layer gives to its readers, in numbers per row and step: always a constant, because only a loss has late classes.</summary>
internal sealed class WidthTable
{
    private readonly Dictionary<string, long> _widths = new(StringComparer.Ordinal);

    public WidthTable(IEnumerable<LayerDraft> layers)
    {
        foreach (LayerModel layer in layers.Select(layer => layer.Model))
        {
            // Sources stand above their readers, so their widths are known here.
            _widths[layer.Name] = layer.Kind == LayerKind.Concat ? layer.Sources.Sum(Of) : layer.OutputWidth.Constant;
        }
    }

    public long Of(string layer) => _widths.TryGetValue(layer, out long width) ? width : 0;

    /// <summary>Numbers per row and step that a layer reads; 0 for inputs.</summary>
    public long Read(LayerModel layer) => layer.Sources.Sum(Of);
}
