using System.Linq;
using SdCompiler.Generator.Graph;

namespace SdCompiler.Generator.Passes;

/// <content>Attention, and where a decoder starts.</content>
internal sealed partial class BuildBackward
{
    private void DeriveAttention(Node node)
    {
        int layer = node.Layer;
        switch (node.Kind)
        {
            case NodeKind.Attention:
                int query = GradientOf(node.Reads[0]);
                int keys = GradientOf(node.Reads[1]);
                int memory = GradientOf(node.Reads[2]);
                bool accumulate = !_written.Add(query);
                _written.Add(keys);
                _written.Add(memory);
                Node gradient = new(
                    NodeKind.AttentionGradient, Phase.Backward, layer, [_gradients[node.Writes[1]], .. node.Reads, node.Writes[0]], [query, keys, memory], node.Parameters)
                {
                    Accumulates = accumulate ? [true] : [],
                };
                if (node.Parameters.Length == 0)
                {
                    Add(gradient);
                    break;
                }

                int rows = AddValue(new Value("DVRows_" + _graph.Layers[layer].Name, ValueLayout.RowMajor, ValueExtent.Once, _values[node.Reads[1]].Width, layer));
                Add(gradient with { Writes = gradient.Writes.Add(rows) });
                Add(new Node(NodeKind.AttentionVectorGradient, Phase.WeightGradient, layer, [rows], [], node.Parameters));
                break;
            case NodeKind.AttentionMemory:
                Write(new Node(NodeKind.AttentionMemoryGradient, Phase.Backward, layer, [_gradients[node.Writes[0]]], [], []), node.Reads[0]);
                break;
            default:
                int encoder = _values[node.Reads[0]].Layer;
                Node chain = _nodes.Last(other => other.Kind == NodeKind.HiddenGradient && other.Layer == layer);
                (int Next, int Cell) seeds = AddPrevious(encoder);
                _seeds.Add(encoder, seeds);
                int states = GradientOf(node.Reads[0]);
                bool added = !_written.Add(states);
                Add(new Node(NodeKind.StateBridgeGradient, Phase.Backward, layer, [chain.Reads[1], chain.Writes[1]], [states, seeds.Next, seeds.Cell], [])
                {
                    Accumulates = added ? [true] : [],
                });
                break;
        }
    }
}
