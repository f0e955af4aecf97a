using System;
using System.Collections.Generic;
using System.Linq;

namespace SdCompiler.Trainer.Tests.Reference;

/// <summary>A model as the tests describe it: layers in order. Resolves what each layer reads and how wide it is.</summary>
internal sealed class ModelSpec(params LayerSpec[] layers)
{
    /// <summary>The layers, sources before readers.</summary>
    public IReadOnlyList<LayerSpec> Layers { get; } = layers;

    /// <summary>The layer that ends the model.</summary>
    public LayerSpec Loss => Layers[^1];

    /// <summary>Whether each row of a batch is one whole sentence.</summary>
    public bool IsSentenceModel => Loss is CrfSpec || HasSource || Layers.OfType<LstmSpec>().Any(lstm => lstm.Direction == Direction.Both);

    /// <summary>The layers that <paramref name="layer"/> reads; none for an input.</summary>
    public IReadOnlyList<LayerSpec> Sources(LayerSpec layer)
    {
        if (layer is EmbeddingSpec or SeriesSpec or CharacterSpec)
        {
            return [];
        }

        if (layer is ConcatSpec concat)
        {
            return concat.Sources.Select(Find).ToList();
        }

        return [layer.From is null ? Layers[IndexOf(layer) - 1] : Find(layer.From)];
    }

    /// <summary>Numbers per row and step that a layer gives.</summary>
    public int Width(LayerSpec layer) => layer switch
    {
        EmbeddingSpec embedding => embedding.Width,
        SeriesSpec series => series.Width,
        LstmSpec lstm => lstm.OutputWidth,
        ConcatSpec => InputWidth(layer),
        LinearSpec linear => linear.Units,
        SoftmaxSpec softmax => softmax.Classes,
        ClassificationSpec classification => classification.Classes,
        RegressionSpec regression => regression.Outputs,
        CrfSpec crf => crf.Tags,
        AttentionSpec => InputWidth(layer),
        CharacterSpec characters => characters.Outputs,
        MixtureSpec mixture => mixture.Classes,
        _ => throw new NotSupportedException(layer.GetType().Name),
    };

    /// <summary>Numbers per row and step that a layer reads.</summary>
    public int InputWidth(LayerSpec layer) => Sources(layer).Sum(Width);

    /// <summary>Names and lengths of all parameters, PyTorch's names and layout; a tied table is listed once, under the softmax's name.</summary>
    public IReadOnlyDictionary<string, int> Parameters()
    {
        Dictionary<string, int> lengths = [];
        foreach (LayerSpec layer in Layers)
        {
            int inputs = InputWidth(layer);
            switch (layer)
            {
                case EmbeddingSpec embedding when TableName(embedding) == embedding.Name + ".weight":
                    lengths.Add(TableName(embedding), embedding.Tokens * embedding.Width);
                    break;
                case LstmSpec lstm:
                    for (int index = 0; index < lstm.Layers; index++)
                    {
                        int width = index > 0 ? lstm.OutputWidth : inputs + (lstm.Feedback is null ? 0 : Width(Find(lstm.Feedback)));
                        foreach (string direction in lstm.Direction == Direction.Both ? (string[])["", "_reverse"] : [""])
                        {
                            lengths.Add($"{lstm.Name}.weight_ih_l{index}{direction}", 4 * lstm.Units * width);
                            lengths.Add($"{lstm.Name}.weight_hh_l{index}{direction}", 4 * lstm.Units * lstm.Units);
                            lengths.Add($"{lstm.Name}.bias_ih_l{index}{direction}", 4 * lstm.Units);
                        }
                    }

                    break;
                case AttentionSpec attention:
                    int encoder = Width(Find(attention.Encoder));
                    if (attention.Score != AttentionScore.Dot)
                    {
                        lengths.Add(layer.Name + ".weight_score", inputs * (attention.Score == AttentionScore.Concat ? inputs + encoder : encoder));
                    }

                    if (attention.Score == AttentionScore.Concat)
                    {
                        lengths.Add(layer.Name + ".vector_score", inputs);
                    }

                    lengths.Add(layer.Name + ".weight_out", inputs * (inputs + encoder));
                    break;
                case LinearSpec or SoftmaxSpec or ClassificationSpec or RegressionSpec or CrfSpec:
                    lengths.Add(layer.Name + ".weight", Width(layer) * inputs);
                    lengths.Add(layer.Name + ".bias", Width(layer));
                    break;
            }

            if (layer is MixtureSpec mixture)
            {
                int width = ContextWidth(mixture);
                lengths.Add(layer.Name + ".latent.weight", mixture.Experts * width * inputs);
                lengths.Add(layer.Name + ".latent.bias", mixture.Experts * width);
                lengths.Add(layer.Name + ".prior.weight", mixture.Experts * inputs);
                lengths.Add(layer.Name + ".decoder.weight", mixture.Classes * width);
                lengths.Add(layer.Name + ".decoder.bias", mixture.Classes);
            }

            if (layer is CharacterCnnSpec characters)
            {
                lengths.Add(layer.Name + ".embedding.weight", characters.Characters * characters.CharacterWidth);
                lengths.Add(layer.Name + ".conv.weight", characters.Filters * characters.CharacterWidth * characters.Window);
                lengths.Add(layer.Name + ".conv.bias", characters.Filters);
            }

            if (layer is CharacterLstmSpec spelling)
            {
                lengths.Add(layer.Name + ".embedding.weight", spelling.Characters * spelling.CharacterWidth);
                foreach (string direction in (string[])["", "_reverse"])
                {
                    lengths.Add($"{layer.Name}.weight_ih_l0{direction}", 4 * spelling.Units * spelling.CharacterWidth);
                    lengths.Add($"{layer.Name}.weight_hh_l0{direction}", 4 * spelling.Units * spelling.Units);
                    lengths.Add($"{layer.Name}.bias_ih_l0{direction}", 4 * spelling.Units);
                }
            }

            if (layer is CrfSpec crf)
            {
                lengths.Add(layer.Name + ".transitions", crf.Tags * crf.Tags);
                lengths.Add(layer.Name + ".start_transitions", crf.Tags);
                lengths.Add(layer.Name + ".end_transitions", crf.Tags);
            }
        }

        return lengths;
    }

    /// <summary>The length of a mixture's contexts.</summary>
    public int ContextWidth(MixtureSpec mixture) => mixture.ContextWidth == 0 ? InputWidth(mixture) : mixture.ContextWidth;

    /// <summary>The name of the parameter that holds an embedding's table.</summary>
    public string TableName(EmbeddingSpec embedding) => Layers.OfType<MixtureSpec>().FirstOrDefault(mixture => mixture.TiedTo == embedding.Name) is MixtureSpec tied
        ? tied.Name + ".decoder.weight"
        : (Layers.OfType<SoftmaxSpec>().FirstOrDefault(softmax => softmax.TiedTo == embedding.Name)?.Name ?? embedding.Name) + ".weight";

    /// <summary>Whether the model has an encoder and a decoder.</summary>
    public bool HasSource => Encoders.Any();

    /// <summary>Whether a layer is on the source side: an encoder, or something that one stands on.</summary>
    public bool IsSource(LayerSpec layer) => Encoders.Any(encoder => Reaches(Find(encoder), layer));

    private IEnumerable<string> Encoders => Layers.Select(layer => layer is LstmSpec lstm ? lstm.InitialState : (layer as AttentionSpec)?.Encoder).OfType<string>();

    private bool Reaches(LayerSpec reader, LayerSpec layer) => ReferenceEquals(reader, layer) || Sources(reader).Any(source => Reaches(source, layer));

    private LayerSpec Find(string name) => Layers.Single(layer => layer.Name == name);

    private int IndexOf(LayerSpec layer)
    {
        for (int i = 0; i < Layers.Count; i++)
        {
            if (ReferenceEquals(Layers[i], layer))
            {
                return i;
            }
        }

        throw new ArgumentException("the model has no layer " + layer.Name);
    }
}
