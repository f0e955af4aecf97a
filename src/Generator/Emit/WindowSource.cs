using System.Collections.Generic;
using System.Linq;
using SdCompiler.Generator.Graph;
using SdCompiler.Generator.Model;

namespace SdCompiler.Generator.Emit;

/// <summary>Expressions that describe inputs, target and parameters to the runtime; bodies of trainers and predictors share them.</summary>
internal static class WindowSource
{
    public static string Input(LstmGraph graph, int layer)
    {
        LayerModel declared = graph.Layers[layer].Declared;
        if (declared.Kind == LayerKind.Series)
        {
            return $"WindowInput.Series({Text.Of(declared.Width.Constant)})";
        }

        if (declared.Characters is CharacterModel characters)
        {
            return $"WindowInput.Characters(parameters.Table({Text.Quote(NameTable.Plain(declared.Name) + ".embedding.weight")}).Tokens, {Text.Of(characters.MaximumLength)}{(declared.Kind == LayerKind.CharacterLstm ? ", ordersWords: true" : string.Empty)})";
        }

        ParameterInfo table = graph.Parameters[graph.Nodes.First(node => node.Kind == NodeKind.Embedding && node.Layer == layer).Parameters[0]];
        return table.Kind == ParameterKind.Table
            ? $"WindowInput.Tokens(parameters.Table({Text.Quote(table.Name)}).Tokens)"
            : $"WindowInput.Tokens(parameters.Matrix({Text.Quote(table.Name)}).Columns)";
    }

    /// <summary>The inputs of one side, in the order of their numbers.</summary>
    public static List<int> Inputs(LstmGraph graph, bool isSource) => graph.Inputs.Where(input => graph.Layers[input].Declared.IsSource == isSource).ToList();

    /// <summary>An expression that makes the window, with that of the source side, or the experts of a mixture, where there are any.</summary>
    public static string Window(LstmGraph graph, string steps, string rows, string target)
    {
        string Of(bool isSource, string to) =>
            $"new Window({steps}, {rows}, {Array("WindowInput", Inputs(graph, isSource).Select(input => Input(graph, input)))}, {to})";
        return graph.Layers.Any(layer => layer.Declared.IsSource) ? $"{Of(false, target)} {{ Source = {Of(true, "WindowTarget.None")} }}" : Of(false, target) + Experts(graph);
    }

    /// <summary>The parts of a matrix that products read, where several inputs stand side by side.</summary>
    public static MatrixPart[] PartsOf(LstmGraph graph, ParameterInfo parameter) => graph.Nodes
        .Where(node => node.Phase == Phase.Forward && node.Part is not null && graph.Parameters[node.Parameters[0]] == parameter)
        .Select(node => node.Part!)
        .OrderBy(part => part.Number)
        .ToArray();

    /// <summary>The function of a layer's output: attention has tanh.</summary>
    public static Activation ActivationOf(LayerModel layer) => layer.Kind == LayerKind.Attention ? Activation.Tanh : layer.Activation;

    /// <param name="graph">The graph.</param>
    /// <param name="lossMatrix">An expression for the loss layer's matrix.</param>
    public static string Target(LstmGraph graph, string lossMatrix)
    {
        LayerModel loss = graph.LossLayer.Declared;
        if (loss.Kind == LayerKind.Crf)
        {
            return $"WindowTarget.Tags({lossMatrix}.Columns)";
        }

        return loss.Kind == LayerKind.Regression
            ? $"WindowTarget.Series({Text.Of(loss.Width.Constant)})"
            : $"WindowTarget.Tokens({lossMatrix}.Columns, {Text.Of(loss.IgnoreIndex)}, {Text.Of(loss.IsClassOfEachStep)})";
    }

    /// <summary>The running rows of a value's steps: those of a side of the batch, or rows that are characters, or experts.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="value">The value.</param>
    /// <param name="window">The window of the side; a chain over characters has that of its words in this place.</param>
    public static string WindowOf(LstmGraph graph, Value value, string window = "w")
    {
        if (!value.HasOwnRows || value.Characters > 0)
        {
            return window;
        }

        LayerModel layer = graph.Layers[value.Layer].Declared;
        return layer.Mixture is not null ? window + ".Experts" : $"{window}.Characters({Text.Of(Inputs(graph, layer.IsSource).IndexOf(value.Layer))}).Rows";
    }

    /// <summary>The runtime's prefix for a parameter's type: Table, Matrix or Vector.</summary>
    public static string TypeOf(ParameterInfo parameter) => parameter.Kind switch
    {
        ParameterKind.Table => "Table",
        ParameterKind.Matrix or ParameterKind.GateMatrix => "Matrix",
        _ => "Vector",
    };

    /// <summary>An array; of a named type, because an empty one would have none.</summary>
    public static string Array(string type, IEnumerable<string> items)
    {
        string list = string.Join(", ", items);
        return list.Length == 0 ? $"global::System.Array.Empty<{type}>()" : $"new {type}[] {{ {list} }}";
    }

    /// <summary>What follows the constructor of a window: the experts of a mixture of softmaxes.</summary>
    private static string Experts(LstmGraph graph) => graph.Logits.RowsEach > 1 ? $" {{ ExpertCount = {Text.Of(graph.Logits.RowsEach)} }}" : string.Empty;
}
