using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using SdCompiler.Generator.Model;

namespace SdCompiler.Generator.Graph;

/// <summary>
/// Builds the forward graph of a model, node by node as the textbook has it: masks, gradients, fusion and memory come from passes.
/// Layers that do not reach the loss are left out. Widths that follow from other widths stay 0 for <see cref="Passes.InferShapes"/>.
/// </summary>
internal sealed partial class GraphBuilder
{
    private readonly LstmModel _model;
    private readonly NameTable _names = new();
    private readonly List<LayerInfo> _layers = new();
    private readonly List<int> _inputs = new();
    private readonly List<ParameterInfo> _parameters = new();
    private readonly List<SiteInfo> _sites = new();
    private readonly List<StateInfo> _states = new();
    private readonly List<Value> _values = new();
    private readonly List<Node> _nodes = new();
    private readonly Dictionary<string, int> _outputs = new();

    private GraphBuilder(LstmModel model) => _model = model;

    /// <summary>Builds the forward graph of a complete model.</summary>
    public static LstmGraph Build(LstmModel model) => new GraphBuilder(model).Build();

    private LstmGraph Build()
    {
        LayerModel loss = _model.Layers[_model.Layers.Count - 1];
        HashSet<string> needed = Reaching(loss);
        foreach (LayerModel layer in _model.Layers.Where(layer => needed.Contains(layer.Name)))
        {
            Add(layer);
        }

        return new LstmGraph(
            NameTable.Plain(_model.Name),
            _model.BatchSize,
            _model.TimeSteps,
            _layers.ToImmutableArray(),
            _inputs.ToImmutableArray(),
            _layers.Count - 1,
            _parameters.ToImmutableArray(),
            _sites.ToImmutableArray(),
            _states.ToImmutableArray(),
            _values.ToImmutableArray(),
            _nodes.ToImmutableArray());
    }

    private HashSet<string> Reaching(LayerModel loss)
    {
        HashSet<string> needed = new() { loss.Name };
        foreach (LayerModel layer in _model.Layers.Reverse())
        {
            if (needed.Contains(layer.Name))
            {
                needed.UnionWith(layer.Sources.Concat(new[] { layer.InitialState, layer.Encoder }.OfType<string>()));
            }
        }

        return needed;
    }

    private void Add(LayerModel layer)
    {
        switch (layer.Kind)
        {
            case LayerKind.Embedding:
                AddEmbedding(layer);
                break;
            case LayerKind.Series:
                int series = AddLayer(layer, NameTable.Plain(layer.Name));
                _inputs.Add(series);
                int x = AddValue("X", series, ValueLayout.UnitMajor, ValueExtent.Steps, layer.Width);
                AddNode(NodeKind.Series, series, [], [x]);
                _outputs[layer.Name] = x;
                break;
            case LayerKind.Concat:
                int concat = AddLayer(layer, NameTable.Plain(layer.Name));
                int joined = AddValue("X", concat, ValueLayout.UnitMajor, ValueExtent.Steps, SizeModel.Of(0));
                AddNode(NodeKind.Concat, concat, layer.Sources.Select(source => _outputs[source]).ToImmutableArray(), [joined]);
                _outputs[layer.Name] = joined;
                break;
            case LayerKind.Lstm:
                AddStack(layer);
                break;
            case LayerKind.Linear:
                AddLinear(layer);
                break;
            case LayerKind.CharacterCnn:
                AddCharacters(layer);
                break;
            case LayerKind.CharacterLstm:
                AddSpelling(layer);
                break;
            case LayerKind.Crf:
                AddCrf(layer);
                break;
            case LayerKind.Attention:
                AddAttention(layer);
                break;
            case LayerKind.MixtureOfSoftmaxes:
                AddMixture(layer);
                break;
            default:
                AddLoss(layer);
                break;
        }
    }

    private void AddEmbedding(LayerModel layer)
    {
        int index = AddLayer(layer, NameTable.Plain(layer.Name));
        _inputs.Add(index);
        AddSite(index, DropoutSites.Output, layer.OutputDropout);
        int x = AddValue("X", index, ValueLayout.UnitMajor, ValueExtent.Steps, layer.Width);
        bool tied = _model.Layers.Any(other => other.TiedTo == layer.Name);
        // The matrix of a tied softmax takes its place among the parameters when the softmax is reached.
        ImmutableArray<int> table = tied
            ? []
            : [AddParameter(index, "Table", "weight", ParameterKind.Table, layer.Tokens!, layer.Width, "Embedding")];
        AddNode(NodeKind.Embedding, index, [], [x], table);
        _outputs[layer.Name] = x;
    }

    /// <summary>The product has a row for each character: its columns are what the character adds to each tap of each filter.</summary>
    private void AddCharacters(LayerModel layer)
    {
        int index = AddLayer(layer, NameTable.Plain(layer.Name));
        CharacterModel characters = layer.Characters!;
        _inputs.Add(index);
        AddSite(index, DropoutSites.Input, layer.InputDropout);
        int columns = layer.Width.Constant * characters.Window;
        SizeModel width = SizeModel.Of(characters.Width);
        int x = AddValue("Characters", index, ValueLayout.UnitMajor, ValueExtent.Steps, width);
        int q = AddValue("Taps", index, ValueLayout.RowMajor, ValueExtent.Steps, SizeModel.Of(columns));
        _values[x] = _values[x] with { RowsEach = characters.MaximumLength, HasOwnRows = true };
        _values[q] = _values[q] with { RowsEach = characters.MaximumLength, HasOwnRows = true };
        int y = AddValue("X", index, ValueLayout.UnitMajor, ValueExtent.Steps, layer.Width);
        int places = AddValue("Places", index, ValueLayout.UnitMajor, ValueExtent.Steps, layer.Width);
        int table = AddParameter(index, "Table", "embedding.weight", ParameterKind.Table, layer.Tokens!, width, "Embedding");
        int filters = AddParameter(index, "Filters", "conv.weight", ParameterKind.Matrix, width, SizeModel.Of(columns), "ConvolutionWeight");
        _parameters[filters] = _parameters[filters] with { Taps = characters.Window };
        int bias = AddParameter(index, "Bias", "conv.bias", ParameterKind.Vector, SizeModel.Of(1), layer.Width, "LinearBias");
        _parameters[bias] = _parameters[bias] with { Inputs = characters.Width * characters.Window };
        AddNode(NodeKind.Characters, index, [], [x], [table]);
        AddNode(NodeKind.Product, index, [x], [q], [filters]);
        AddNode(NodeKind.CharacterPool, index, [q], [y, places], [bias, filters]);
        _outputs[layer.Name] = y;
    }

    private void AddStack(LayerModel layer)
    {
        int below = _outputs[layer.Sources[0]];
        for (int depth = 0; depth < layer.Layers; depth++)
        {
            below = layer.Direction == Direction.Both
                ? AddJoined(layer, depth, AddDirection(layer, depth, below, LayerPart.Forward), AddDirection(layer, depth, below, LayerPart.Reverse))
                : AddDirection(layer, depth, below, LayerPart.Forward);
        }

        _outputs[layer.Name] = below;
    }

    /// <summary>One layer of a stack in one direction of time; gives its h.</summary>
    private int AddDirection(LayerModel layer, int depth, int below, LayerPart part)
    {
        bool reverse = part == LayerPart.Reverse;
        int index = AddStackLayer(layer, depth, part);
        AddSite(index, DropoutSites.Input, layer.InputDropout);
        AddSite(index, DropoutSites.Recurrent, layer.RecurrentDropout);
        AddSite(index, DropoutSites.Weight, layer.WeightDropout);
        if (depth == layer.Layers - 1 && layer.Direction == Direction.Forward)
        {
            AddSite(index, DropoutSites.Output, layer.OutputDropout);
        }

        // PyTorch's names.
        string suffix = "_l" + depth.ToString(CultureInfo.InvariantCulture) + (reverse ? "_reverse" : string.Empty);
        ValueExtent extent = reverse ? ValueExtent.Reversed : ValueExtent.Carried;
        SizeModel gates = SizeModel.Of(4 * layer.Width.Constant);
        int wx = AddParameter(index, "Wx", "weight_ih" + suffix, ParameterKind.GateMatrix, SizeModel.Of(0), gates, "LstmInput");
        int wh = AddParameter(index, "Wh", "weight_hh" + suffix, ParameterKind.GateMatrix, layer.Width, gates, "LstmRecurrent");
        int bias = AddParameter(index, "Bias", "bias_ih" + suffix, ParameterKind.GateVector, SizeModel.Of(1), gates, "LstmBias");
        int a = AddValue("Gates", index, ValueLayout.Gates, ValueExtent.Steps, layer.Width);
        int h = AddValue("H", index, ValueLayout.UnitMajor, extent, layer.Width);
        int c = AddValue("C", index, ValueLayout.Cells, extent, layer.Width);
        _states.Add(new StateInfo(index, h, c));
        if (reverse)
        {
            AddNode(NodeKind.ReverseStart, index, [], [h, c]);
        }

        AddStart(layer, depth, index, h, c);
        AddNode(NodeKind.Product, index, [below], [a], [wx, bias]);
        AddFeedback(layer, depth, index, wx, a);
        AddCell(index, a, h, c, wh);
        return h;
    }

    private void AddCell(int layer, int a, int h, int c, int wh)
    {
        AddNode(NodeKind.RecurrentProduct, layer, [h, a], [a], [wh]);
        AddNode(NodeKind.Gates, layer, [a], [a]);
        AddNode(NodeKind.CellState, layer, [a, c], [c]);
        AddNode(NodeKind.HiddenState, layer, [a, c], [h]);
    }

    /// <summary>Both directions of one layer of a stack side by side, which is where its output dropout acts.</summary>
    private int AddJoined(LayerModel layer, int depth, int forward, int reverse)
    {
        int index = AddStackLayer(layer, depth, LayerPart.Joined);
        if (depth == layer.Layers - 1)
        {
            AddSite(index, DropoutSites.Output, layer.OutputDropout);
        }

        int joined = AddValue("X", index, ValueLayout.UnitMajor, ValueExtent.Steps, SizeModel.Of(0));
        AddNode(NodeKind.Concat, index, [forward, reverse], [joined]);
        return joined;
    }

    private int AddStackLayer(LayerModel layer, int depth, LayerPart part)
    {
        string number = depth.ToString(CultureInfo.InvariantCulture);
        string plain = NameTable.Plain(layer.Name);
        string name = layer.Layers == 1 ? plain : $"{plain}_L{number}";
        string label = $"{plain}.{number}";
        int index = part == LayerPart.Forward ? AddLayer(layer, name, label) : AddLayer(layer, $"{name}_{part}", $"{label}.{part.ToString().ToLowerInvariant()}");
        _layers[index] = _layers[index] with { Part = part };
        return index;
    }

    private void AddLinear(LayerModel layer)
    {
        int index = AddLayer(layer, NameTable.Plain(layer.Name));
        AddSite(index, DropoutSites.Input, layer.InputDropout);
        AddSite(index, DropoutSites.Output, layer.OutputDropout);
        int y = AddValue("Y", index, ValueLayout.RowMajor, ValueExtent.Steps, layer.Width);
        int x = AddValue("X", index, ValueLayout.UnitMajor, ValueExtent.Steps, layer.Width);
        AddProduct(index, _outputs[layer.Sources[0]], y);
        AddNode(NodeKind.Activation, index, [y], [y, x]);
        _outputs[layer.Name] = x;
    }

    private void AddLoss(LayerModel layer)
    {
        int index = AddLayer(layer, NameTable.Plain(layer.Name));
        AddSite(index, DropoutSites.Input, layer.InputDropout);
        int source = _outputs[layer.Sources[0]];
        if (layer.Kind == LayerKind.Classification)
        {
            int last = AddValue("Last", index, ValueLayout.UnitMajor, ValueExtent.Once, SizeModel.Of(0));
            AddNode(NodeKind.LastState, index, [source], [last]);
            LayerModel read = _model.Layers.First(other => other.Name == layer.Sources[0]);
            _nodes[_nodes.Count - 1] = _nodes[_nodes.Count - 1] with { Starts = read.Direction == Direction.Both ? [read.Width.Constant] : [] };
            source = last;
        }

        ValueExtent extent = layer.Kind == LayerKind.Classification ? ValueExtent.Once : ValueExtent.Chunk;
        int y = AddValue("Logits", index, ValueLayout.RowMajor, extent, layer.Width);
        AddProduct(index, source, y);
        AddNode(layer.Kind == LayerKind.Regression ? NodeKind.RegressionLoss : NodeKind.SoftmaxLoss, index, [y], [y]);
        Tie(layer);
    }

    /// <summary>Makes the matrix of the product that was added last the table of an embedding, too.</summary>
    private void Tie(LayerModel layer)
    {
        if (layer.TiedTo is not null)
        {
            int matrix = _parameters.Count - 2;
            _parameters[matrix] = _parameters[matrix] with { TiedName = NameTable.Plain(layer.TiedTo) + ".weight" };
            int gather = _nodes.FindIndex(node => node.Kind == NodeKind.Embedding && _layers[node.Layer].Declared.Name == layer.TiedTo);
            _nodes[gather] = _nodes[gather] with { Parameters = [matrix] };
        }
    }

    /// <summary>The emissions of the whole window exist at once: the sum over all paths needs a row's last step before its first can have a gradient.</summary>
    private void AddCrf(LayerModel layer)
    {
        int index = AddLayer(layer, NameTable.Plain(layer.Name));
        AddSite(index, DropoutSites.Input, layer.InputDropout);
        int y = AddValue("Emissions", index, ValueLayout.RowMajor, ValueExtent.Steps, layer.Width);
        int parts = AddValue("Parts", index, ValueLayout.TagScores, ValueExtent.Once, layer.Width);
        AddProduct(index, _outputs[layer.Sources[0]], y);
        int transitions = AddParameter(index, "Transitions", "transitions", ParameterKind.Matrix, layer.Width, layer.Width, "Transition");
        int start = AddParameter(index, "Start", "start_transitions", ParameterKind.Vector, SizeModel.Of(1), layer.Width, "Transition");
        int end = AddParameter(index, "End", "end_transitions", ParameterKind.Vector, SizeModel.Of(1), layer.Width, "Transition");
        AddNode(NodeKind.CrfLoss, index, [y], [y, parts], [transitions, start, end]);
    }

    private void AddProduct(int layer, int x, int y)
    {
        SizeModel columns = _layers[layer].Declared.Width;
        int weight = AddParameter(layer, "W", "weight", ParameterKind.Matrix, SizeModel.Of(0), columns, "LinearWeight");
        int bias = AddParameter(layer, "Bias", "bias", ParameterKind.Vector, SizeModel.Of(1), columns, "LinearBias");
        AddNode(NodeKind.Product, layer, [x], [y], [weight, bias]);
    }

    private int AddLayer(LayerModel layer, string name, string? label = null)
    {
        _layers.Add(new LayerInfo(_names.Take(name), label ?? NameTable.Plain(layer.Name), layer));
        return _layers.Count - 1;
    }

    private void AddSite(int layer, DropoutSites kind, DropoutModel dropout)
    {
        if (dropout.Rate > 0m)
        {
            _sites.Add(new SiteInfo(layer, kind, dropout, $"Site{kind}_{_layers[layer].Name}", 0) { IsSpelling = _layers[layer].Declared.Kind == LayerKind.CharacterLstm });
        }
    }

    private int AddParameter(int layer, string prefix, string name, ParameterKind kind, SizeModel rows, SizeModel columns, string role)
    {
        LayerModel declared = _layers[layer].Declared;
        _parameters.Add(new ParameterInfo(
            NameTable.Plain(declared.Name) + "." + name,
            prefix + "_" + _layers[layer].Name,
            kind,
            rows,
            columns,
            role,
            declared.Initializer,
            declared.InitialRange,
            declared.ForgetBias)
        {
            IsFrozen = declared.IsFrozen,
        });
        return _parameters.Count - 1;
    }

    private int AddValue(string prefix, int layer, ValueLayout layout, ValueExtent extent, SizeModel width)
    {
        _values.Add(new Value(prefix + "_" + _layers[layer].Name, layout, extent, width, layer));
        return _values.Count - 1;
    }

    private void AddNode(NodeKind kind, int layer, ImmutableArray<int> reads, ImmutableArray<int> writes, ImmutableArray<int> parameters = default) =>
        _nodes.Add(NewNode(kind, layer, reads, writes, parameters));
}
