namespace SdCompiler.Generator.Tests.Diagnostics.Cases;

/// <summary>What may be wrong with a mixture of softmaxes: SDC0144, and general mistakes at its arguments.</summary>
internal static class MixtureCases
{
    public static readonly DiagnosticCase[] All =
    [
        new("SDC0040", "[Embedding(9, 4)] public partial EmbeddingLayer Words { get; } [Lstm(6)] public partial LstmLayer Memory { get; } [MixtureOfSoftmaxes(9, [|Experts = 0|])] public partial MixtureOfSoftmaxesLayer Next { get; }",
            "Experts of 'Next' is 0; use a whole number from 1 to 1024"),
        new("SDC0040", "[Embedding(9, 4)] public partial EmbeddingLayer Words { get; } [Lstm(6)] public partial LstmLayer Memory { get; } [MixtureOfSoftmaxes(9, [|Width = -1|])] public partial MixtureOfSoftmaxesLayer Next { get; }",
            "Width of 'Next' is -1; use a whole number from 0 to 65536"),
        new("SDC0041", "[Embedding(9, 4)] public partial EmbeddingLayer Words { get; } [Lstm(6)] public partial LstmLayer Memory { get; } [MixtureOfSoftmaxes(9, [|LatentDropout = 1|])] public partial MixtureOfSoftmaxesLayer Next { get; }",
            "LatentDropout of 'Next' is 1; use a value from 0 up to, not including, 1"),
        new("SDC0046", "[Embedding(9, 4)] public partial EmbeddingLayer Words { get; } [Lstm(6)] public partial LstmLayer Memory { get; } [MixtureOfSoftmaxes(9, [|LatentPattern = DropoutPattern.Random|])] public partial MixtureOfSoftmaxesLayer Next { get; }",
            "LatentPattern of 'Next' has no effect, because LatentDropout is 0; give LatentDropout a rate, or remove LatentPattern"),
        new("SDC0118", "[Embedding(9, 4)] public partial EmbeddingLayer Words { get; } [Lstm(6)] public partial LstmLayer Memory { get; } [MixtureOfSoftmaxes(9, [|LatentDropout = 0.05|])] public partial MixtureOfSoftmaxesLayer Next { get; }",
            "LatentDropout of 'Next' is 0.05, which keeps all 6 of 6 units, because (1 - 0.05) * 6 is rounded; raise it to 0.1667, or remove it"),
        new("SDC0119", "[Embedding(9, 4)] public partial EmbeddingLayer Words { get; } [Lstm(6)] public partial LstmLayer Memory { get; } [MixtureOfSoftmaxes(9, Width = 1, [|LatentDropout = 0.9|])] public partial MixtureOfSoftmaxesLayer Next { get; }",
            "LatentDropout of 'Next' is 0.9, which would keep none of 1 units, because (1 - 0.9) * 1 is rounded; 1 is kept: lower the rate"),
        new("SDC0116", "[Embedding(9, 4)] public partial EmbeddingLayer Words { get; } [Lstm(6)] public partial LstmLayer Memory { get; } [MixtureOfSoftmaxes(8, Width = 4, [|TiedTo = nameof(Words)|])] public partial MixtureOfSoftmaxesLayer Next { get; }",
            "TiedTo of 'Next' is 'Words', which has 9 tokens, but 'Next' has 8 classes; make them the same dimension or the same number"),
        new("SDC0144", "[Embedding(9, 4)] public partial EmbeddingLayer Words { get; } [Lstm(6)] public partial LstmLayer Memory { get; } [MixtureOfSoftmaxes(9, [|TiedTo = nameof(Words)|])] public partial MixtureOfSoftmaxesLayer Next { get; }",
            "TiedTo of 'Next' is 'Words', whose vectors have 4 numbers, but the contexts of 'Next' have 6; set Width = 4"),
        new("SDC0122", "[StructuredDropoutLstm(Backends = Backends.Cpu | Backends.Cuda)] public partial class Model {[Embedding(9, 4)] public partial EmbeddingLayer Words { get; } [Lstm(6)] public partial LstmLayer Memory { get; } [[|MixtureOfSoftmaxes(9)|]] public partial MixtureOfSoftmaxesLayer Next { get; }}",
            "The CUDA backend has no MixtureOfSoftmaxes yet, which 'Next' asks for; leave it out, or remove Backends.Cuda from the model and train it on the CPU"),
    ];
}
