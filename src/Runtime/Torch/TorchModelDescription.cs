using System;
using System.Collections.Generic;
using System.Globalization;
using SdCompiler.Runtime;

namespace SdCompiler.Torch;

/// <summary>A chain that <see cref="TorchReferenceTrainer"/> computes: embedding, LSTM layers, softmax with cross-entropy at every step.</summary>
public sealed record TorchModelDescription
{
    /// <summary>The embedding's name: that of its output site.</summary>
    public required string Embedding { get; init; }

    /// <summary>The name of its table's parameter, [tokens, width].</summary>
    public required string EmbeddingWeight { get; init; }

    /// <summary>The LSTM layers from below, as states name them: <c>Memory.0</c> has the parameters <c>Memory.weight_ih_l0</c>, <c>Memory.weight_hh_l0</c>, <c>Memory.bias_ih_l0</c>.</summary>
    public required IReadOnlyList<string> LstmLayers { get; init; }

    /// <summary>The softmax's name: its parameters are <c>NextWord.weight</c> [classes, units] and <c>NextWord.bias</c> [classes].</summary>
    public required string Output { get; init; }

    /// <summary>The target without loss.</summary>
    public int IgnoreIndex { get; init; } = -1;

    /// <summary>The description of a compiled model.</summary>
    /// <param name="trainer">A trainer of it.</param>
    /// <exception cref="NotSupportedException">The model is no such chain; the message says what does not fit. A layer that skips one of equal width cannot be told from a chain.</exception>
    public static TorchModelDescription Of(LstmTrainer trainer)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        TrainerBody body = trainer.Core.Body;
        WindowTarget target = body.Window.Target;
        if (body.Window.Inputs.Length != 1 || !body.Window.Inputs[0].IsTokens || !target.IsTokens || !target.PerStep)
        {
            throw Unfit("it does not read one stream of tokens and predict a class at each step");
        }

        if (body.WordDropout.Count > 0)
        {
            throw Unfit("it drops whole words");
        }

        List<string> others = [];
        foreach (Parameter parameter in trainer.Parameters.All)
        {
            others.Add(parameter.Name);
        }

        IReadOnlyList<string> layers = trainer.State.LayerNames;
        int lstms = layers.Count;
        foreach (string layer in layers)
        {
            foreach (string kind in (string[])["weight_ih", "weight_hh", "bias_ih"])
            {
                others.Remove(LstmParameter(layer, kind));
            }
        }

        IReadOnlyList<TiedName> ties = trainer.Parameters.Identity.Ties;
        bool tied = ties.Count == 1 && others.Count == 2 && others[0] == ties[0].Parameter;
        if (lstms == 0 || !(tied || others.Count == 3) || others[^1] != Name(others[^2]) + ".bias")
        {
            throw Unfit($"beside {lstms} LSTM layers it has {string.Join(", ", others)}");
        }

        var description = new TorchModelDescription
        {
            Embedding = Name(tied ? ties[0].Alias : others[0]),
            EmbeddingWeight = others[0],
            LstmLayers = layers,
            Output = Name(others[^2]),
            IgnoreIndex = target.IgnoreIndex,
        };
        description.CheckWidths(trainer.Parameters);
        return description;
    }

    /// <summary>The name of an LSTM layer's parameter.</summary>
    internal static string LstmParameter(string layer, string kind)
    {
        int dot = layer.LastIndexOf('.');
        return string.Create(CultureInfo.InvariantCulture, $"{layer[..dot]}.{kind}_l{layer[(dot + 1)..]}");
    }

    private static string Name(string parameter) => parameter[..parameter.LastIndexOf('.')];

    private static NotSupportedException Unfit(string reason) =>
        new($"The reference trainer computes chains of an embedding, LSTM layers and a softmax; this model is none: {reason}.");

    private void CheckWidths(ModelParameters parameters)
    {
        int width = parameters[EmbeddingWeight].Shape[1];
        foreach (string layer in LstmLayers)
        {
            if (parameters[LstmParameter(layer, "weight_ih")].Shape[1] != width)
            {
                throw Unfit($"'{layer}' does not read the layer before it");
            }

            width = parameters[LstmParameter(layer, "weight_hh")].Shape[1];
        }

        if (parameters[Output + ".weight"].Shape[1] != width)
        {
            throw Unfit($"'{Output}' does not read the last LSTM layer");
        }
    }
}
