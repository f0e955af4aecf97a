using System.Collections.Immutable;
using System.Linq;
using SdCompiler.Generator.Model;

namespace SdCompiler.Generator.Graph;

/// <summary>A model as values, parameters and an ordered list of nodes. Immutable: a pass makes a new one.</summary>
/// <param name="Name">The model's class.</param>
/// <param name="BatchSize">B.</param>
/// <param name="TimeSteps">T.</param>
/// <param name="Layers">Layers in order; only those that reach the loss.</param>
/// <param name="Inputs">The layers that read data, in order: embeddings and series.</param>
/// <param name="Loss">The layer that ends the model.</param>
/// <param name="Parameters">Parameters, in the order of their draws.</param>
/// <param name="Sites">Dropout sites, in the order of their layers.</param>
/// <param name="States">States of LSTM chains, in the order of their layers.</param>
/// <param name="Values">Buffers.</param>
/// <param name="Nodes">What is computed, in order.</param>
internal sealed record LstmGraph(
    string Name,
    int BatchSize,
    int TimeSteps,
    ImmutableArray<LayerInfo> Layers,
    ImmutableArray<int> Inputs,
    int Loss,
    ImmutableArray<ParameterInfo> Parameters,
    ImmutableArray<SiteInfo> Sites,
    ImmutableArray<StateInfo> States,
    ImmutableArray<Value> Values,
    ImmutableArray<Node> Nodes)
{
    /// <summary>Steps whose logits exist at once; 0 where a dimension decides it, in the trainer's constructor.</summary>
    public int ChunkSteps { get; init; }

    /// <summary>Floats of the workspace without the value whose size a dimension decides; -1 until planned.</summary>
    public long WorkspaceFloats { get; init; } = -1;

    public LayerInfo LossLayer => Layers[Loss];

    /// <summary>The logits or numbers that the loss is of: the first row-major value of its layer.</summary>
    public Value Logits => Values.First(value => value.Layer == Loss && value.Layout == ValueLayout.RowMajor);

    /// <summary>The matrix of the product whose results are the logits.</summary>
    public ParameterInfo LossMatrix => Parameters[Nodes.First(node => node.Kind == NodeKind.Product && Values[node.Writes[0]] == Logits).Parameters[0]];

    /// <summary>The kind of site at which a product of its layer reads; that of a mixture's softmaxes reads what another product of the layer wrote.</summary>
    public DropoutSites SiteKindOf(Node product) =>
        Layers[product.Layer].Declared.Mixture is not null && Values[product.Reads[0]].Layer == product.Layer ? DropoutSites.Latent : DropoutSites.Input;

    /// <summary>The site of a kind at a layer, or -1.</summary>
    public int SiteOf(int layer, DropoutSites kind)
    {
        for (int i = 0; i < Sites.Length; i++)
        {
            if (Sites[i].Layer == layer && Sites[i].Kind == kind)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Floats of one slot of a value; its width must be a constant.</summary>
    public long SlotFloats(Value value) => (long)value.PaddedWidth * value.RowsEach * BatchSize * (value.Layout == ValueLayout.TagScores ? value.Width.Constant + 2 : 1);

    /// <summary>The most steps of a value's time.</summary>
    public int StepsOf(Value value) => value.Characters > 0 ? value.Characters : TimeSteps;

    /// <summary>The layer that reads the data for a layer over characters: itself, or the one that its chain belongs to.</summary>
    public int InputOf(int layer) => Layers[layer].IsSpelling ? Inputs.First(input => Layers[input].Declared == Layers[layer].Declared) : layer;

    /// <summary>Whether a value's rows are characters, or words of characters, in the place of those of the batch.</summary>
    public bool IsOfCharacters(Value value) => value.HasOwnRows && Layers[value.Layer].Declared.Characters is not null;

    /// <summary>Slots of a value.</summary>
    public int Slots(Value value) => value.Extent switch
    {
        ValueExtent.Steps => StepsOf(value),
        ValueExtent.Carried => StepsOf(value) + 1,
        ValueExtent.Reversed => StepsOf(value) + 2,
        ValueExtent.Chunk => ChunkSteps,
        _ => 1,
    };
}
