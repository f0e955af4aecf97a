using System.Collections.Immutable;
using System.Linq;
using SdCompiler.Generator.Model;

namespace SdCompiler.Generator.Graph;

/// <content>
/// Decoders: where they start, input feeding, attention. With feedback, the layers from the decoder to the attention are one chain: their nodes stand together and run step
/// by step; what the chain needs at its beginning stands before it.
/// </content>
internal sealed partial class GraphBuilder
{
    /// <summary>The chain that nodes are added to, or 0.</summary>
    private int _chain;

    /// <summary>Where its first node is.</summary>
    private int _chainStart;

    /// <summary>The value of an attention that is read before it is built.</summary>
    private int _fedBack;

    private Node NewNode(NodeKind kind, int layer, ImmutableArray<int> reads, ImmutableArray<int> writes, ImmutableArray<int> parameters = default) =>
        new(kind, Phase.Forward, layer, reads, writes, parameters.IsDefault ? [] : parameters) { OnSource = _layers[layer].Declared.IsSource, Chain = _chain };

    /// <summary>Adds what runs once, before the chain that is being built.</summary>
    private void AddBefore(Node node)
    {
        if (_chain == 0)
        {
            _nodes.Add(node);
            return;
        }

        _nodes.Insert(_chainStart, node with { Chain = 0 });
        _chainStart++;
    }

    private void AddStart(LayerModel layer, int depth, int index, int h, int c)
    {
        if (layer.InitialState is null)
        {
            return;
        }

        StateInfo[] encoder = _states.Where(state => _layers[state.Layer].Declared.Name == layer.InitialState).ToArray();
        AddBefore(NewNode(NodeKind.StateBridge, index, [encoder[depth].Hidden, encoder[depth].Cell], [h, c]));
    }

    /// <summary>The second part of the input's product: what the attention gave at the step before. From here on, nodes belong to the chain.</summary>
    private void AddFeedback(LayerModel layer, int depth, int index, int wx, int a)
    {
        if (layer.Feedback is null || depth > 0)
        {
            return;
        }

        int input = _nodes.Count - 1;
        _nodes[input] = _nodes[input] with { Part = new MatrixPart(0, 0, 0) };
        _chain = _states.Count;
        _chainStart = _nodes.Count;
        LayerModel attention = _model.Layers.First(other => other.Name == layer.Feedback);
        _values.Add(new Value("X_" + NameTable.Plain(attention.Name), ValueLayout.UnitMajor, ValueExtent.Steps, attention.Width, index));
        _fedBack = _values.Count - 1;
        _nodes.Add(NewNode(NodeKind.Product, index, [_fedBack], [a], [wx]) with
        {
            Part = new MatrixPart(1, -1, attention.Width.Constant),
            ReadsPrevious = true,
            Accumulates = [true],
        });
    }

    private void AddAttention(LayerModel layer)
    {
        int index = AddLayer(layer, NameTable.Plain(layer.Name));
        AddSite(index, DropoutSites.Output, layer.OutputDropout);
        int states = _outputs[layer.Encoder!];
        int h = _outputs[layer.Sources[0]];
        SizeModel encoder = _values[states].Width;
        SizeModel width = layer.Width;
        int memory = AddValue("Memory", index, ValueLayout.RowMajor, ValueExtent.Steps, encoder);
        AddBefore(NewNode(NodeKind.AttentionMemory, index, [states], [memory]) with { OnSource = true });
        (int query, int keys, ImmutableArray<int> vector) = AddScore(layer, index, h, states, memory);
        int alpha = AddValue("Alpha", index, ValueLayout.RowMajor, ValueExtent.Steps, SizeModel.Of(_model.TimeSteps));
        int context = AddValue("Context", index, ValueLayout.UnitMajor, ValueExtent.Steps, encoder);
        AddNode(NodeKind.Attention, index, [query, keys, memory], [alpha, context], vector);
        int weight = AddParameter(index, "Wo", "weight_out", ParameterKind.Matrix, SizeModel.Of(0), width, "LinearWeight");
        int y = AddValue("Y", index, ValueLayout.RowMajor, ValueExtent.Steps, width);
        _nodes.Add(NewNode(NodeKind.Product, index, [context], [y], [weight]) with { Part = new MatrixPart(0, 0, encoder.Constant) });
        _nodes.Add(NewNode(NodeKind.Product, index, [h], [y], [weight]) with { Part = new MatrixPart(1, encoder.Constant, width.Constant), Accumulates = [true] });
        int x = _chain > 0 ? _fedBack : AddValue("X", index, ValueLayout.UnitMajor, ValueExtent.Steps, width);
        _values[x] = _values[x] with { Name = "X_" + _layers[index].Name, Layer = index };
        AddNode(NodeKind.Activation, index, [y], [y, x]);
        _outputs[layer.Name] = x;
        _chain = 0;
    }

    /// <summary>What is compared with what: queries and keys. The keys do not depend on the decoder, so they are computed once.</summary>
    private (int Query, int Keys, ImmutableArray<int> Vector) AddScore(LayerModel layer, int index, int h, int states, int memory)
    {
        SizeModel width = layer.Width;
        SizeModel encoder = _values[states].Width;
        if (layer.Score == AttentionScore.Dot)
        {
            return (h, memory, []);
        }

        int weight = AddParameter(index, "Wa", "weight_score", ParameterKind.Matrix, SizeModel.Of(0), width, "LinearWeight");
        int keys = AddValue("Keys", index, ValueLayout.RowMajor, ValueExtent.Steps, width);
        Node product = NewNode(NodeKind.Product, index, [states], [keys], [weight]) with { OnSource = true };
        if (layer.Score == AttentionScore.General)
        {
            AddBefore(product);
            return (h, keys, []);
        }

        AddBefore(product with { Part = new MatrixPart(1, width.Constant, encoder.Constant) });
        int vector = AddParameter(index, "V", "vector_score", ParameterKind.Vector, SizeModel.Of(1), width, "AttentionVector");
        _parameters[vector] = _parameters[vector] with { Inputs = width.Constant };
        int query = AddValue("Query", index, ValueLayout.RowMajor, ValueExtent.Steps, width);
        _nodes.Add(NewNode(NodeKind.Product, index, [h], [query], [weight]) with { Part = new MatrixPart(0, 0, width.Constant) });
        return (query, keys, [vector]);
    }
}
