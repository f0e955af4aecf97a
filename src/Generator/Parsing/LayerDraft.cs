using Microsoft.CodeAnalysis;
using SdCompiler.Generator.Model;

namespace SdCompiler.Generator.Parsing;

/// <summary>A layer while the model is being read: what it will be, with the symbols that messages need. Never leaves the parser.</summary>
internal sealed class LayerDraft(IPropertySymbol property, AttributeReader attribute, LayerModel model)
{
    /// <summary>The name without '@', as <c>nameof</c> gives it.</summary>
    public string Name => property.Name;

    public LayerKind Kind => Model.Kind;

    public AttributeReader Attribute { get; } = attribute;

    /// <summary>The name in the declaration.</summary>
    public Location? Place => property.Locations.Length > 0 ? property.Locations[0] : null;

    public LayerModel Model { get; set; } = model;
}
