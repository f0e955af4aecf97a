using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using SdCompiler.Generator.Graph;
using SdCompiler.Generator.Model;

namespace SdCompiler.Generator.Passes;

/// <summary>
/// Needs the masked forward graph. Guarantees the gradient of every parameter: walks the forward nodes from the loss to the inputs and appends the
/// nodes of the other two phases. A value with several readers gets the sum of their gradients: the first one written sets it, the others
/// add. Nothing is derived for a value that no trained parameter stands behind, such as an input series or a frozen table's vectors. Gradients of gates and logits take the place of
/// these values.
/// </summary>
internal sealed partial class BuildBackward
{
    private readonly LstmGraph _graph;
    private readonly ImmutableArray<Value>.Builder _values;
    private readonly ImmutableArray<Node>.Builder _nodes;
    private readonly HashSet<int> _needed = new();
    private readonly Dictionary<int, int> _gradients = new();
    private readonly HashSet<int> _written = new();

    /// <summary>Gradients of weights that wait for the end of a chain of several layers: they run once per window.</summary>
    private readonly List<Node> _waiting = new();

    /// <summary>For the layers of an encoder: where their steps' dh for the step before, and their dc, begin.</summary>
    private readonly Dictionary<int, (int Next, int Cell)> _seeds = new();

    /// <summary>The forward node whose gradient is being derived.</summary>
    private Node _current;

    private BuildBackward(LstmGraph graph)
    {
        _graph = graph;
        _values = graph.Values.ToBuilder();
        _nodes = graph.Nodes.ToBuilder();
        _current = graph.Nodes[0];
    }

    public static LstmGraph Run(LstmGraph graph) => new BuildBackward(graph).Run();

    private LstmGraph Run()
    {
        foreach (Node node in _graph.Nodes)
        {
            if (node.Kind != NodeKind.Series && (node.Parameters.Any(IsTrained) || node.Reads.Any(_needed.Contains)))
            {
                _needed.UnionWith(node.Writes);
            }
        }

        foreach (Node node in _graph.Nodes.Reverse())
        {
            _current = node;
            Flush();
            Derive(node);
        }

        return _graph with { Values = _values.ToImmutable(), Nodes = _nodes.ToImmutable() };
    }

    private void Derive(Node node)
    {
        int layer = node.Layer;
        switch (node.Kind)
        {
            case NodeKind.SoftmaxLoss or NodeKind.RegressionLoss or NodeKind.MixtureLoss:
                Add(new Node(NodeKind.LossGradient, Phase.Backward, layer, node.Reads, node.Writes, []));
                break;
            case NodeKind.CrfLoss:
                Add(new Node(NodeKind.LossGradient, Phase.Backward, layer, node.Reads, [node.Writes[0]], []));
                Add(new Node(NodeKind.CrfGradient, Phase.WeightGradient, layer, [node.Writes[1]], [], node.Parameters));
                break;
            case NodeKind.Product:
                if (_needed.Contains(node.Reads[0]))
                {
                    Write(new Node(NodeKind.DataGradient, Phase.Backward, layer, [OutputGradient(node)], [], [node.Parameters[0]]) { Site = node.Site, Part = node.Part, ReadsPrevious = node.ReadsPrevious }, node.Reads[0]);
                }

                Add(new Node(NodeKind.WeightGradient, Phase.WeightGradient, layer, [node.Reads[0], OutputGradient(node)], [], node.Parameters)
                {
                    Site = node.Site,
                    Part = node.Part,
                    ReadsPrevious = node.ReadsPrevious,
                });
                break;
            case NodeKind.Activation:
                // The product's gradient needs a place of its own: the activated values are still read while it is written.
                int dy = GradientOf(node.Reads[0]);
                Add(new Node(NodeKind.ActivationGradient, Phase.Backward, layer, [_gradients[node.Writes[1]], node.Reads[0]], [dy], []));
                break;
            case NodeKind.Contexts:
                // In place: an element of the gradient needs the activated value of its own place alone.
                Add(new Node(NodeKind.ContextsGradient, Phase.Backward, layer, [_gradients[node.Writes[1]], node.Reads[0]], [node.Reads[0]], []));
                break;
            case NodeKind.MaskedCopy:
                if (_needed.Contains(node.Reads[0]))
                {
                    Write(new Node(NodeKind.MaskedCopyGradient, Phase.Backward, layer, [_gradients[node.Writes[0]]], [], []) { Site = node.Site }, node.Reads[0]);
                }

                break;
            case NodeKind.LastState:
                if (_needed.Contains(node.Reads[0]))
                {
                    Write(new Node(NodeKind.LastStateGradient, Phase.Backward, layer, [_gradients[node.Writes[0]]], [], []) { Starts = node.Starts }, node.Reads[0]);
                }

                break;
            case NodeKind.Concat:
                SplitConcat(node);
                break;
            case NodeKind.CharacterPool:
                // The gradient by what was pooled takes its place: nothing else reads it.
                int pooled = _gradients[node.Writes[0]];
                Add(new Node(NodeKind.CharacterPoolGradient, Phase.Backward, layer, [pooled, node.Writes[1]], [node.Reads[0]], node.Parameters));
                Add(new Node(NodeKind.CharacterBiasGradient, Phase.WeightGradient, layer, [pooled], [], [node.Parameters[0]]));
                break;
            case NodeKind.WordEnds:
                int[] chains = node.Reads.Select(GradientOf).ToArray();
                _written.UnionWith(chains);
                Add(new Node(NodeKind.WordEndsGradient, Phase.Backward, layer, [_gradients[node.Writes[0]]], chains.ToImmutableArray(), []));
                break;
            case NodeKind.Characters:
                Add(new Node(NodeKind.CharacterGradient, Phase.WeightGradient, layer, [_gradients[node.Writes[0]]], [], node.Parameters) { Site = node.Site });
                break;
            case NodeKind.Embedding when _needed.Contains(node.Writes[0]):
                Add(new Node(NodeKind.EmbeddingGradient, Phase.WeightGradient, layer, [_gradients[node.Writes[0]]], [], node.Parameters));
                break;
            case NodeKind.MaskedWeights:
                Add(new Node(NodeKind.MaskedWeightsGradient, Phase.WeightGradient, layer, [], [], node.Parameters) { Site = node.Site });
                break;
            case NodeKind.StateBridge or NodeKind.AttentionMemory or NodeKind.Attention:
                DeriveAttention(node);
                break;
            case NodeKind.HiddenState or NodeKind.CellState or NodeKind.RecurrentProduct or NodeKind.MaskedState:
                DeriveCell(node);
                break;
        }
    }

    private bool IsTrained(int parameter) => !_graph.Parameters[parameter].IsFrozen;

    private void DeriveCell(Node node)
    {
        int layer = node.Layer;
        StateInfo state = _graph.States.First(state => state.Layer == layer);
        int gates = _graph.Nodes.First(other => other.Kind == NodeKind.Gates && other.Layer == layer).Reads[0];
        switch (node.Kind)
        {
            case NodeKind.HiddenState:
                AddPenalty(state);
                (int fromNext, int dc) = _seeds.TryGetValue(layer, out (int, int) seeds) ? seeds : AddPrevious(layer);
                Add(new Node(NodeKind.HiddenGradient, Phase.Backward, layer, [_gradients[state.Hidden], fromNext, gates, state.Cell], [gates, dc], []));
                break;
            case NodeKind.CellState:
                int carried = _nodes.Last(other => other.Kind == NodeKind.HiddenGradient).Writes[1];
                Add(new Node(NodeKind.GateGradient, Phase.Backward, layer, [gates, state.Cell, carried], [gates, carried], []));
                break;
            case NodeKind.RecurrentProduct:
                int next = _nodes.Last(other => other.Kind == NodeKind.HiddenGradient).Reads[1];
                Add(new Node(NodeKind.RecurrentDataGradient, Phase.Backward, layer, [gates], [next], node.Parameters)
                {
                    Site = node.Site,
                    HasSeed = _seeds.ContainsKey(layer),
                    GivesStart = _graph.Nodes.Any(other => other.Kind == NodeKind.StateBridge && other.Layer == layer),
                });
                Add(new Node(NodeKind.WeightGradient, Phase.WeightGradient, layer, [node.Reads[0], gates], [], node.Parameters) { Site = node.Site });
                break;
            default:
                int masked = _nodes.Last(other => other.Kind == NodeKind.HiddenGradient).Reads[1];
                Add(new Node(NodeKind.MaskedStateGradient, Phase.Backward, layer, [masked], [masked], []) { Site = node.Site });
                break;
        }
    }

    /// <summary>Penalties on what the top layer of a stack gives; all of its readers have written their gradients by now.</summary>
    private void AddPenalty(StateInfo state)
    {
        LayerModel declared = _graph.Layers[state.Layer].Declared;
        bool isTop = state.Layer + 1 == _graph.Layers.Length || _graph.Layers[state.Layer + 1].Declared != declared;
        if (isTop && (declared.ActivationPenalty > 0 || declared.TemporalPenalty > 0))
        {
            int site = declared.ActivationPenalty > 0 ? _graph.SiteOf(state.Layer, DropoutSites.Output) : -1;
            Add(new Node(NodeKind.PenaltyGradient, Phase.Backward, state.Layer, [state.Hidden], [_gradients[state.Hidden]], []) { Site = site, Accumulates = [true] });
        }
    }

    private void SplitConcat(Node node)
    {
        if (!_gradients.TryGetValue(node.Writes[0], out int whole))
        {
            return; // only series and frozen tables behind it
        }

        List<int> writes = new();
        List<bool> accumulates = new();
        List<int> starts = new();
        int start = 0;
        foreach (int source in node.Reads)
        {
            if (_needed.Contains(source))
            {
                int gradient = GradientOf(source);
                writes.Add(gradient);
                accumulates.Add(!_written.Add(gradient));
                starts.Add(start);
            }

            start += _values[source].Width.Constant;
        }

        Add(new Node(NodeKind.ConcatGradient, Phase.Backward, node.Layer, [whole], writes.ToImmutableArray(), [])
        {
            Accumulates = accumulates.ToImmutableArray(),
            Starts = starts.ToImmutableArray(),
        });
    }

    /// <summary>Adds a node that writes the gradient of one value: sets it when it is the first, adds otherwise.</summary>
    private void Write(Node node, int value)
    {
        int gradient = GradientOf(value);
        bool accumulate = !_written.Add(gradient);
        Add(node with { Writes = [gradient], Accumulates = accumulate ? [true] : [] });
    }

    /// <summary>Where the gradient of a product's outputs is: in their own place, except behind an activation.</summary>
    private int OutputGradient(Node product) => _gradients.TryGetValue(product.Writes[0], out int gradient) ? gradient : product.Writes[0];

    private int GradientOf(int value)
    {
        if (!_gradients.TryGetValue(value, out int gradient))
        {
            Value of = _values[value];
            gradient = AddValue(of with { Name = "D" + of.Name, Extent = of.StepsExtent });
            _gradients.Add(value, gradient);
        }

        return gradient;
    }

    private int AddValue(Value value)
    {
        _values.Add(value);
        return _values.Count - 1;
    }

    /// <summary>Where a chain keeps the gradients of the state of the step before.</summary>
    private (int Next, int Cell) AddPrevious(int layer)
    {
        string name = _graph.Layers[layer].Name;
        StateInfo state = _graph.States.First(state => state.Layer == layer);
        int next = AddValue(_values[state.Hidden] with { Name = "DHNext_" + name, Extent = ValueExtent.Once });
        return (next, AddValue(_values[state.Cell] with { Name = "DC_" + name, Extent = ValueExtent.Once }));
    }

    /// <summary>Adds a node to the side and, but for a gradient of weights, to the chain of the forward node.</summary>
    private void Add(Node node)
    {
        bool waits = _current.Chain > 0 && node.Phase == Phase.WeightGradient;
        node = node with { OnSource = _current.OnSource, Chain = waits ? 0 : _current.Chain };
        if (waits)
        {
            _waiting.Add(node);
        }
        else
        {
            _nodes.Add(node);
        }
    }

    private void Flush()
    {
        if (_current.Chain == 0)
        {
            _nodes.AddRange(_waiting);
            _waiting.Clear();
        }
    }
}
