namespace SdCompiler.Generator.Model;

/// <summary>What a layer of a model is.</summary>
internal enum LayerKind
{
    Embedding,
    Series,
    Lstm,
    Concat,
    Linear,
    Softmax,
    Classification,
    Regression,
    Crf,
    CharacterCnn,
    Attention,
    CharacterLstm,
    MixtureOfSoftmaxes,
}
