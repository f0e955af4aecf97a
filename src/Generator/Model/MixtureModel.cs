namespace SdCompiler.Generator.Model;

/// <summary>What a mixture of softmaxes has beside its classes.</summary>
/// <param name="Experts">How many softmaxes are mixed.</param>
/// <param name="Width">The length of a context; 0 until it is known what the layer reads, where the attribute leaves it to that.</param>
internal sealed record MixtureModel(int Experts, int Width);
