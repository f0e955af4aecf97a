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
            return $"WindowInput.Characters(parameters.Table({Text.Quote(NameTable.Plain(declared.Name) + ".embedding.weight")}).Tokens, {Text.Of(characters.MaximumLength)})";
        }

        ParameterInfo table = graph.Parameters[graph.Nodes.First(node => node.Kind == NodeKind.Embedding && node.Layer == layer).Parameters[0]];
        return table.Kind == ParameterKind.Table
            ? $"WindowInput.Tokens(parameters.Table({Text.Quote(table.Name)}).Tokens)"
            : $"WindowInput.Tokens(parameters.Matrix({Text.Quote(table.Name)}).Columns)";
    }

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

    /// <summary>What follows the constructor of a window: the experts of a mixture of softmaxes.</summary>
    public static string Experts(LstmGraph graph) => graph.Logits.RowsEach > 1 ? $" {{ ExpertCount = {Text.Of(graph.Logits.RowsEach)} }}" : string.Empty;

    /// <summary>The running rows of a value's steps: those of the batch, or rows that are characters, or experts.</summary>
    public static string WindowOf(LstmGraph graph, Value value) => value.RowsEach == 1 ? "w"
        : graph.Layers[value.Layer].Declared.Mixture is not null ? "w.Experts" : $"w.Characters({Text.Of(graph.Inputs.IndexOf(value.Layer))}).Rows";

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
}
