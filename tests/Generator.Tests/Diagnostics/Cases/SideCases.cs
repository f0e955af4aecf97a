using System.Collections.Generic;

namespace SdCompiler.Generator.Tests.Diagnostics.Cases;

/// <summary>Encoder and decoder: what does not make a model.</summary>
internal static class SideCases
{
    private const string Source = "[Embedding(9, 4)] public partial EmbeddingLayer Source { get; } [Lstm(4)] public partial LstmLayer Encoder { get; } ";
    private const string Target = "[Embedding(8, 4)] public partial EmbeddingLayer Target { get; } ";
    private const string Decoder = "[Lstm(4, InitialState = nameof(Encoder))] public partial LstmLayer Decoder { get; } ";
    private const string Attended = "[Attention(nameof(Encoder))] public partial AttentionLayer Attended { get; } ";
    private const string Next = "[Softmax(8, Predicts = nameof(Target))] public partial SoftmaxLayer Next { get; }";

    public static IReadOnlyList<DiagnosticCase> All { get; } =
    [
        new("SDC0101", Model(Source + Target + "[Lstm(4, [|InitialState = \"Other\"|])] public partial LstmLayer Decoder { get; } " + Next),
            "InitialState of 'Decoder' is 'Other', which is no layer of the model; use nameof of one of 'Source', 'Encoder' or 'Target'"),
        new("SDC0101", Model(Source + Target + Decoder + "[Attention([|\"Other\"|])] public partial AttentionLayer Attended { get; } " + Next),
            "Encoder of 'Attended' is 'Other', which is no layer of the model; use nameof of one of 'Source', 'Encoder', 'Target' or 'Decoder'"),
        new("SDC0101", Model(Source + Target + Decoder + "[Softmax(8, [|Predicts = \"Other\"|])] public partial SoftmaxLayer Next { get; }"),
            "Predicts of 'Next' is 'Other', which is no layer of the model; use nameof of one of 'Source', 'Encoder', 'Target' or 'Decoder'"),
        new("SDC0122", "[StructuredDropoutLstm(Backends = Backends.Cpu | Backends.Cuda)] public partial class Model {" + Source + Target + "[[|Lstm(4, InitialState = nameof(Encoder))|]] public partial LstmLayer Decoder { get; } " + Next + "}",
            "The CUDA backend has no InitialState yet, which 'Decoder' asks for; leave it out, or remove Backends.Cuda from the model and train it on the CPU"),
        new("SDC0122", "[StructuredDropoutLstm(Backends = Backends.Cuda)] public partial class Model {" + Source + Target + "[Lstm(4)] public partial LstmLayer Decoder { get; } [[|Attention(nameof(Encoder))|]] public partial AttentionLayer Attended { get; } " + Next + "}",
            "The CUDA backend has no Attention yet, which 'Attended' asks for; leave it out, or remove Backends.Cuda from the model and train it on the CPU"),
        new("SDC0132", Model(Source + Target + "[Lstm(4, [|InitialState = nameof(Source)|])] public partial LstmLayer Decoder { get; } " + Next),
            "InitialState of 'Decoder' is 'Source', which is [Embedding]; name an [Lstm]"),
        new("SDC0132", Model(Source + Target + Decoder + "[Attention([|nameof(Target)|])] public partial AttentionLayer Attended { get; } " + Next),
            "Encoder of 'Attended' is 'Target', which is [Embedding]; name an [Lstm]"),
        new("SDC0132", Model(Source + Target + "[[|Attention|](nameof(Encoder))] public partial AttentionLayer Attended { get; } " + Next),
            "The decoder of 'Attended' is 'Target', which is [Embedding]; declare a decoder above 'Attended': an [Lstm] that reads an [Embedding] of the target side"),
        new("SDC0132", Model(Source + Target + "[[|Attention|](nameof(Encoder))] public partial AttentionLayer Attended { get; } [Lstm(4)] public partial LstmLayer Decoder { get; } " + Next),
            "The decoder of 'Attended' is 'Target', which is [Embedding]; move 'Attended' below its decoder 'Decoder'"),
        new("SDC0132", Model(Source + Target + Decoder + "[Linear(4)] public partial LinearLayer Head { get; } [[|Attention|](nameof(Encoder))] public partial AttentionLayer Attended { get; } " + Next),
            "The decoder of 'Attended' is 'Head', which is [Linear]; name the decoder: From = nameof(Decoder)"),
        new("SDC0135", Model(Source + "[[|Attention|](nameof(Encoder))] public partial AttentionLayer Attended { get; } " + Target + Decoder + Next),
            "Model 'Model' is an encoder-decoder, but 'Attended' of the target side reads 'Encoder' of the source side; move 'Attended' below its decoder 'Decoder'"),
        new("SDC0135", Source + "[[|Attention|](nameof(Encoder))] public partial AttentionLayer Attended { get; } [Softmax(8)] public partial SoftmaxLayer Next { get; }",
            "Model 'Model' is an encoder-decoder, but 'Attended' of the target side reads 'Encoder' of the source side; declare a decoder above 'Attended': an [Lstm] that reads an [Embedding] of the target side"),
        new("SDC0135", Model(Source + Target + Decoder + "[Attention(nameof(Encoder), [|From = nameof(Encoder)|])] public partial AttentionLayer Attended { get; } " + Next),
            "Model 'Model' is an encoder-decoder, but 'Attended' of the target side reads 'Encoder' of the source side; name the decoder: From = nameof(Decoder)"),
        new("SDC0135", Model(Source + Target + Decoder + Attended + "[[|Attention|](nameof(Encoder))] public partial AttentionLayer Again { get; } " + Next),
            "Model 'Model' is an encoder-decoder, but 'Again' is a second [Attention]; remove it or 'Attended': a model has one"),
        new("SDC0132", Model(Source + Target + Decoder + "[Softmax(8, [|Predicts = nameof(Decoder)|])] public partial SoftmaxLayer Next { get; }"),
            "Predicts of 'Next' is 'Decoder', which is [Lstm]; name an [Embedding]"),
        new("SDC0133", Model(Source + Target + "[Lstm(5, [|InitialState = nameof(Encoder)|])] public partial LstmLayer Decoder { get; } " + Next),
            "InitialState of 'Decoder' is 'Encoder', which has 1 x 4 units, but 'Decoder' has 1 x 5 units; make them equal"),
        new("SDC0133", Model(Source + Target + "[Lstm(4, Layers = 2, [|InitialState = nameof(Encoder)|])] public partial LstmLayer Decoder { get; } " + Next),
            "InitialState of 'Decoder' is 'Encoder', which has 1 x 4 units, but 'Decoder' has 2 x 4 units; make them equal"),
        new("SDC0133", Model(Source + Target + "[Lstm(5)] public partial LstmLayer Decoder { get; } [Attention([|nameof(Encoder)|], Score = AttentionScore.Dot)] public partial AttentionLayer Attended { get; } " + Next),
            "Encoder of 'Attended' is 'Encoder', which has 4 units, but 'Decoder' has 5; make them equal, or use AttentionScore.General, because a dot product needs as many of both"),
        new("SDC0134", Model(Source + Target + "[Lstm(4, InitialState = nameof(Encoder), [|Feedback = \"Other\"|])] public partial LstmLayer Decoder { get; } " + Attended + Next),
            "Feedback of 'Decoder' is 'Other', which is no layer of the model; name the [Attention] that is declared right below 'Decoder' and reads it"),
        new("SDC0134", Model(Source + Target + "[Lstm(4, InitialState = nameof(Encoder), [|Feedback = nameof(Next)|])] public partial LstmLayer Decoder { get; } " + Next),
            "Feedback of 'Decoder' is 'Next', which is [Softmax]; name the [Attention] that is declared right below 'Decoder' and reads it"),
        new("SDC0134", Model(Source + Target + "[Lstm(4, [|Feedback = nameof(Attended)|])] public partial LstmLayer Lower { get; } " + Decoder + Attended + Next),
            "Feedback of 'Lower' is 'Attended', which is not the layer right below; name the [Attention] that is declared right below 'Lower' and reads it"),
        new("SDC0135", Model(Source + Target + Decoder + Attended + "[[|Softmax|](8)] public partial SoftmaxLayer Next { get; }"),
            "Model 'Model' is an encoder-decoder, but 'Next' does not say what it predicts; add Predicts = nameof(Target), so that a predictor knows where its tokens go"),
        new("SDC0135", Model("[Embedding(9, 4)] public partial EmbeddingLayer Source { get; } [Lstm(4, [|Direction = Direction.Both|])] public partial LstmLayer Encoder { get; } " + Target + Decoder + Attended + Next),
            "Model 'Model' is an encoder-decoder, but 'Encoder' reads in both directions; a decoder knows no later word while it translates, and starts where an encoder of one direction ends: leave Direction out"),
        new("SDC0135", Model(Source + Target + "[Lstm(4, [|Direction = Direction.Both|])] public partial LstmLayer Decoder { get; } " + Attended + Next),
            "Model 'Model' is an encoder-decoder, but 'Decoder' reads in both directions; a decoder knows no later word while it translates, and starts where an encoder of one direction ends: leave Direction out"),
        new("SDC0135", Model(Source + Target + "[Lstm(4, InitialState = nameof(Encoder), Feedback = nameof(Attended), [|ActivationPenalty = 1|])] public partial LstmLayer Decoder { get; } " + Attended + Next),
            "Model 'Model' is an encoder-decoder, but 'Decoder' has both Feedback and ActivationPenalty; leave one of the two out"),
        new("SDC0135", Model(Source + Target + "[Lstm(4, InitialState = nameof(Encoder), Feedback = nameof(Attended), [|TemporalPenalty = 1|])] public partial LstmLayer Decoder { get; } " + Attended + Next),
            "Model 'Model' is an encoder-decoder, but 'Decoder' has both Feedback and TemporalPenalty; leave one of the two out"),
        new("SDC0135", Model(Source + Target + Decoder + "[[|Regression|](2)] public partial RegressionLayer Next { get; }"),
            "Model 'Model' is an encoder-decoder, but it ends with [Regression]; end it with a [Softmax] whose Predicts names the input of the target side"),
        new("SDC0135", Model(Source + Target + Decoder + "[[|MixtureOfSoftmaxes|](9)] public partial MixtureOfSoftmaxesLayer Next { get; }"),
            "Model 'Model' is an encoder-decoder, but it ends with [MixtureOfSoftmaxes]; end it with a [Softmax] whose Predicts names the input of the target side"),
        new("SDC0135", Model(Source + "[[|Lstm|](4, InitialState = nameof(Encoder))] public partial LstmLayer Decoder { get; } [Softmax(8)] public partial SoftmaxLayer Next { get; }"),
            "Model 'Model' is an encoder-decoder, but 'Decoder' of the target side reads 'Encoder' of the source side; their sequences have different steps: read an input of the target side, and the encoder through InitialState or an [Attention]"),
        new("SDC0135", Model(Source + Target + Decoder + "[Concat(nameof(Decoder), nameof(Encoder))] public partial ConcatLayer Both { get; } " + Next, mark: "[|nameof(Encoder)|])] public partial ConcatLayer"),
            "Model 'Model' is an encoder-decoder, but 'Both' of the target side reads 'Encoder' of the source side; their sequences have different steps: read an input of the target side, and the encoder through InitialState or an [Attention]"),
        new("SDC0135", Model(Source + Target + "[[|Series|](2)] public partial SeriesLayer More { get; } [Concat(nameof(Target), nameof(More))] public partial ConcatLayer Both { get; } " + Decoder + Next),
            "Model 'Model' is an encoder-decoder, but its target side has 2 inputs; give the target side one [Embedding]"),
        new("SDC0135", Model("[[|Series|](3)] public partial SeriesLayer Source { get; } [Lstm(4)] public partial LstmLayer Encoder { get; } " + Target + Decoder + Next),
            "Model 'Model' is an encoder-decoder, but the input of its source side is a [Series]; give the source side one [Embedding]"),
        new("SDC0135", Model(Source + Target + Decoder + Attended + "[[|Attention|](nameof(Encoder), From = nameof(Decoder))] public partial AttentionLayer Again { get; } [Concat(nameof(Attended), nameof(Again))] public partial ConcatLayer Both { get; } " + Next),
            "Model 'Model' is an encoder-decoder, but 'Again' is a second [Attention]; remove it or 'Attended': a model has one"),
        new("SDC0135", Model(Source + Target + Decoder + "[Lstm(4, [|InitialState = nameof(Encoder)|])] public partial LstmLayer Upper { get; } " + Next),
            "Model 'Model' is an encoder-decoder, but 'Encoder' starts both 'Decoder' and 'Upper'; use one [Lstm] with several Layers on each side"),
        new("SDC0136", "[Embedding(8, 4)] public partial EmbeddingLayer Words { get; } [Lstm(4)] public partial LstmLayer Memory { get; } [Softmax(8, [|Predicts = nameof(Words)|])] public partial SoftmaxLayer Next { get; }",
            "Predicts of 'Next' is 'Words', but the model has no decoder; remove it, or give an [Lstm] an InitialState or an [Attention]"),
        new("SDC0136", Model(Source + Target + Decoder + "[Softmax(9, [|Predicts = nameof(Source)|])] public partial SoftmaxLayer Next { get; }"),
            "Predicts of 'Next' is 'Source', which is on the source side; name 'Target', and give both the same dimension or number"),
        new("SDC0136", Model(Source + Target + Decoder + "[Softmax(9, [|Predicts = nameof(Target)|])] public partial SoftmaxLayer Next { get; }"),
            "Predicts of 'Next' is 'Target', which has 8 tokens, but 'Next' has 9 classes; give both the same dimension or number"),
        new("SDC0136", Model("[Dimension] public partial int Words { get; } [Embedding(nameof(Words), 4)] public partial EmbeddingLayer Source { get; } [Lstm(4)] public partial LstmLayer Encoder { get; } " + Target + Decoder + "[Softmax(nameof(Words), [|Predicts = nameof(Target)|])] public partial SoftmaxLayer Next { get; }"),
            "Predicts of 'Next' is 'Target', which has 8 tokens, but 'Next' has Words classes; give both the same dimension or number"),
    ];

    private static string Model(string layers, string? mark = null) =>
        mark is null ? layers : layers.Replace(mark.Replace("[|", "", System.StringComparison.Ordinal).Replace("|]", "", System.StringComparison.Ordinal), mark, System.StringComparison.Ordinal);
}
