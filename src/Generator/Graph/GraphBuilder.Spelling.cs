using SdCompiler.Generator.Model;

namespace SdCompiler.Generator.Graph;

/// <content>An LSTM over the characters of words: the chains of two directions, whose time is the character and whose rows are the words of a window.</content>
internal sealed partial class GraphBuilder
{
    private void AddSpelling(LayerModel layer)
    {
        int index = AddLayer(layer, NameTable.Plain(layer.Name));
        CharacterModel characters = layer.Characters!;
        _inputs.Add(index);
        AddSite(index, DropoutSites.Input, layer.InputDropout);
        SizeModel width = SizeModel.Of(characters.Width);
        int x = AddSpelled("Characters", index, ValueLayout.UnitMajor, ValueExtent.Steps, width);
        int table = AddParameter(index, "Table", "embedding.weight", ParameterKind.Table, layer.Tokens!, width, "Embedding");
        AddNode(NodeKind.Characters, index, [], [x], [table]);
        int forward = AddSpellingChain(layer, x, LayerPart.Forward);
        int reverse = AddSpellingChain(layer, x, LayerPart.Reverse);
        int y = AddValue("X", index, ValueLayout.UnitMajor, ValueExtent.Steps, layer.OutputWidth);
        AddNode(NodeKind.WordEnds, index, [forward, reverse], [y]);
        _outputs[layer.Name] = y;
    }

    /// <summary>One direction, with PyTorch's names of a bidirectional LSTM; gives its h.</summary>
    private int AddSpellingChain(LayerModel layer, int x, LayerPart part)
    {
        bool reverse = part == LayerPart.Reverse;
        string plain = NameTable.Plain(layer.Name);
        int index = AddLayer(layer, $"{plain}_{part}", $"{plain}.{part.ToString().ToLowerInvariant()}");
        _layers[index] = _layers[index] with { Part = part, IsSpelling = true };
        string suffix = reverse ? "_l0_reverse" : "_l0";
        ValueExtent extent = reverse ? ValueExtent.Reversed : ValueExtent.Carried;
        SizeModel gates = SizeModel.Of(4 * layer.Width.Constant);
        int wx = AddParameter(index, "Wx", "weight_ih" + suffix, ParameterKind.GateMatrix, SizeModel.Of(0), gates, "LstmInput");
        int wh = AddParameter(index, "Wh", "weight_hh" + suffix, ParameterKind.GateMatrix, layer.Width, gates, "LstmRecurrent");
        int bias = AddParameter(index, "Bias", "bias_ih" + suffix, ParameterKind.GateVector, SizeModel.Of(1), gates, "LstmBias");
        int a = AddSpelled("Gates", index, ValueLayout.Gates, ValueExtent.Steps, layer.Width);
        int h = AddSpelled("H", index, ValueLayout.UnitMajor, extent, layer.Width);
        int c = AddSpelled("C", index, ValueLayout.Cells, extent, layer.Width);
        _states.Add(new StateInfo(index, h, c) { IsCarried = false });
        if (reverse)
        {
            AddNode(NodeKind.ReverseStart, index, [], [h, c]);
        }

        AddNode(NodeKind.Product, index, [x], [a], [wx, bias]);
        AddCell(index, a, h, c, wh);
        return h;
    }

    /// <summary>A value with a slot for each character and a row for each word of a window.</summary>
    private int AddSpelled(string prefix, int layer, ValueLayout layout, ValueExtent extent, SizeModel width)
    {
        int value = AddValue(prefix, layer, layout, extent, width);
        _values[value] = _values[value] with { Characters = _layers[layer].Declared.Characters!.MaximumLength, RowsEach = _model.TimeSteps, HasOwnRows = true };
        return value;
    }
}
