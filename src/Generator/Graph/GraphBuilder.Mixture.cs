using SdCompiler.Generator.Model;

namespace SdCompiler.Generator.Graph;

/// <content>A mixture of softmaxes.</content>
internal sealed partial class GraphBuilder
{
    /// <summary>
    /// One product makes the contexts of all experts, another their scores. The contexts then have a row for each expert, so that the softmaxes are one product over B * experts rows, whose dropout is a site of its own.
    /// </summary>
    private void AddMixture(LayerModel layer)
    {
        int index = AddLayer(layer, NameTable.Plain(layer.Name));
        MixtureModel mixture = layer.Mixture!;
        AddSite(index, DropoutSites.Input, layer.InputDropout);
        AddSite(index, DropoutSites.Latent, layer.LatentDropout);
        SizeModel all = SizeModel.Of(mixture.Experts * mixture.Width), experts = SizeModel.Of(mixture.Experts);
        int h = _outputs[layer.Sources[0]];
        int y = AddValue("Logits", index, ValueLayout.RowMajor, ValueExtent.Chunk, layer.Width); // first, which is where the loss's outputs are looked for
        int latent = AddValue("Latent", index, ValueLayout.RowMajor, ValueExtent.Steps, all);
        int c = AddValue("Contexts", index, ValueLayout.UnitMajor, ValueExtent.Steps, SizeModel.Of(mixture.Width));
        int scores = AddValue("Scores", index, ValueLayout.RowMajor, ValueExtent.Steps, experts);
        _values[y] = _values[y] with { RowsEach = mixture.Experts, HasOwnRows = mixture.Experts > 1 };
        _values[c] = _values[c] with { RowsEach = mixture.Experts, HasOwnRows = mixture.Experts > 1 };
        int w = AddParameter(index, "LatentW", "latent.weight", ParameterKind.Matrix, SizeModel.Of(0), all, "LinearWeight");
        int bias = AddParameter(index, "LatentBias", "latent.bias", ParameterKind.Vector, SizeModel.Of(1), all, "LinearBias");
        int prior = AddParameter(index, "PriorW", "prior.weight", ParameterKind.Matrix, SizeModel.Of(0), experts, "LinearWeight");
        int decoder = AddParameter(index, "W", "decoder.weight", ParameterKind.Matrix, SizeModel.Of(0), layer.Width, "LinearWeight");
        int decoderBias = AddParameter(index, "Bias", "decoder.bias", ParameterKind.Vector, SizeModel.Of(1), layer.Width, "LinearBias");
        AddNode(NodeKind.Product, index, [h], [latent], [w, bias]);
        AddNode(NodeKind.Contexts, index, [latent], [latent, c]);
        AddNode(NodeKind.Product, index, [h], [scores], [prior]);
        AddNode(NodeKind.Product, index, [c], [y], [decoder, decoderBias]);
        AddNode(NodeKind.MixtureLoss, index, [y, scores], [y, scores]);
        Tie(layer);
    }
}
