namespace SdCompiler.Generator.Tests.Diagnostics.Cases;

/// <summary>SDC0100-0121.</summary>
internal static class ConnectionCases
{
    private const string Memory = "[Lstm(4)] public partial LstmLayer Memory { get; } ";
    private const string Series = "[Series(8)] public partial SeriesLayer Sensors { get; } ";
    private const string Load = "[Regression(1)] public partial RegressionLayer Load { get; } ";
    private const string Vocabulary = "[Dimension] public partial int Vocabulary { get; } ";
    private const string Words = "[Embedding(nameof(Vocabulary), 8)] public partial EmbeddingLayer Words { get; } ";

    public static readonly DiagnosticCase[] All =
    [
        new("SDC0100", "[StructuredDropoutLstm] public partial class Model { [[|Lstm|](4)] public partial LstmLayer Memory { get; } " + Load + "}",
            "The first layer 'Memory' of model 'Model' is [Lstm], which reads another layer; declare an [Embedding] or a [Series] above it"),
        new("SDC0101", "[Lstm(4, [|From = \"Sensor\"|])] public partial LstmLayer Memory { get; }",
            "From of 'Memory' is 'Sensor', which is no layer of the model; use nameof of one of 'Sensors'"),
        new("SDC0101", Memory + "[Concat(nameof(Sensors), [|\"Lower\"|])] public partial ConcatLayer Both { get; }",
            "[Concat] of 'Both' is 'Lower', which is no layer of the model; use nameof of one of 'Sensors' or 'Memory'"),
        new("SDC0101", Vocabulary + Words + Memory + "[Softmax(nameof(Vocabulary), [|TiedTo = nameof(Vocabulary)|])] public partial SoftmaxLayer Next { get; }",
            "TiedTo of 'Next' is 'Vocabulary', which is no layer of the model; use nameof of one of 'Words' or 'Memory'"),
        new("SDC0102", "[Lstm(4, [|From = nameof(Memory)|])] public partial LstmLayer Memory { get; }",
            "From of 'Memory' is 'Memory' itself; name a layer declared above it"),
        new("SDC0103", "[Lstm(4, [|From = nameof(Upper)|])] public partial LstmLayer Memory { get; } [Lstm(4)] public partial LstmLayer Upper { get; }",
            "From of 'Memory' is 'Upper', which is declared below it; move 'Upper' above 'Memory', or name a layer above"),
        new("SDC0104", Series + Memory + "[Series(3, [|From = nameof(Memory)|])] public partial SeriesLayer Other { get; }",
            "From of 'Other' is 'Memory', but [Series] is an input and reads no layer; remove From, or use another kind of layer"),
        new("SDC0105", "[StructuredDropoutLstm] public partial class [|Model|] { " + Series + Memory + "}",
            "Model 'Model' has no loss; end it with a [Softmax], [Classification] or [Regression] property"),
        new("SDC0106", Memory + Load + "[[|Regression|](2, From = nameof(Memory))] public partial RegressionLayer Other { get; }",
            "Model 'Model' has a second loss 'Other' after 'Load'; remove one, because a model has one loss"),
        new("SDC0107", Memory + "[[|Regression|](2)] public partial RegressionLayer Load { get; } [Linear(3)] public partial LinearLayer Head { get; }",
            "'Head' of model 'Model' is declared below the loss 'Load'; move 'Load' to the end"),
        new("SDC0108", "[Lstm(4)] public partial LstmLayer [|Memory|] { get; } [Lstm(4, From = nameof(Sensors))] public partial LstmLayer Other { get; }",
            "No layer of model 'Model' reads 'Memory'; name it in the From or the [Concat] of a later layer, or remove it"),
        new("SDC0110", "[Embedding([|\"Vocabulary\"|], 4)] public partial EmbeddingLayer Words { get; }",
            "Tokens of 'Words' is 'Vocabulary', which is no [Dimension] of the model; declare one: [Dimension] public partial int Vocabulary { get; }"),
        new("SDC0110", Vocabulary + Words + "[Softmax([|nameof(Words)|])] public partial SoftmaxLayer Next { get; }",
            "Classes of 'Next' is 'Words', which is no [Dimension] of the model; use nameof of 'Vocabulary'"),
        new("SDC0111", "[Dimension] public partial int [|Vocabulary|] { get; } " + Memory,
            "Dimension 'Vocabulary' of model 'Model' is not used; name it in an [Embedding], [Softmax] or [Classification], or remove it"),
        new("SDC0112", Memory + "[[|Concat(nameof(Memory))|]] public partial ConcatLayer Both { get; }",
            "'Both' concatenates only 'Memory'; name at least two layers, or remove it and read the layer itself"),
        new("SDC0112", Memory + "[[|Concat|]] public partial ConcatLayer Both { get; }",
            "'Both' concatenates no layer; name at least two layers, or remove it and read the layer itself"),
        new("SDC0113", Memory + "[Concat(nameof(Memory), nameof(Sensors), [|nameof(Memory)|])] public partial ConcatLayer Both { get; }",
            "'Both' names 'Memory' twice; name each layer once"),
        new("SDC0114", Memory + "[Concat(nameof(Memory), nameof(Sensors), [|From = nameof(Memory)|])] public partial ConcatLayer Both { get; }",
            "From of 'Both' is 'Memory', but a [Concat] reads the layers that it names; add 'Memory' to these, and remove From"),
        new("SDC0115", Vocabulary + Words + Memory + "[Softmax(nameof(Vocabulary), [|TiedTo = nameof(Memory)|])] public partial SoftmaxLayer Next { get; }",
            "TiedTo of 'Next' is 'Memory', which is [Lstm]; name an [Embedding]"),
        new("SDC0116", Vocabulary + Words + "[Lstm(8)] public partial LstmLayer Memory { get; } [Softmax(100, [|TiedTo = nameof(Words)|])] public partial SoftmaxLayer Next { get; }",
            "TiedTo of 'Next' is 'Words', which has Vocabulary tokens, but 'Next' has 100 classes; make them the same dimension or the same number"),
        new("SDC0117", Vocabulary + Words + Memory + "[Softmax(nameof(Vocabulary), [|TiedTo = nameof(Words)|])] public partial SoftmaxLayer Next { get; }",
            "TiedTo of 'Next' is 'Words', whose vectors have 8 numbers, but 'Next' reads 4 from 'Memory'; make them equal, or put a [Linear(8)] layer between 'Memory' and 'Next'"),
        new("SDC0117", Vocabulary + Words + "[Lstm(8, Direction = Direction.Both)] public partial LstmLayer Memory { get; } [Softmax(nameof(Vocabulary), [|TiedTo = nameof(Words)|])] public partial SoftmaxLayer Next { get; }",
            "TiedTo of 'Next' is 'Words', whose vectors have 8 numbers, but 'Next' reads 16 from 'Memory'; make them equal, or put a [Linear(8)] layer between 'Memory' and 'Next'"),
        new("SDC0118", "[Lstm(4, [|RecurrentDropout = 0.1|])] public partial LstmLayer Memory { get; }",
            "RecurrentDropout of 'Memory' is 0.1, which keeps all 4 of 4 units, because (1 - 0.1) * 4 is rounded; raise it to 0.25, or remove it"),
        new("SDC0118", "[Lstm(2, Layers = 2, Direction = Direction.Both, [|InputDropout = 0.1|])] public partial LstmLayer Memory { get; }",
            "InputDropout of 'Memory' is 0.1, which keeps all 4 of 4 units, because (1 - 0.1) * 4 is rounded; raise it to 0.25, or remove it"),
        new("SDC0118", "[Lstm(4, Layers = 2, [|InputDropout = 0.1|])] public partial LstmLayer Memory { get; }",
            "InputDropout of 'Memory' is 0.1, which keeps all 4 of 4 units, because (1 - 0.1) * 4 is rounded; raise it to 0.25, or remove it"),
        new("SDC0119", "[Lstm(4, [|RecurrentDropout = 0.9|])] public partial LstmLayer Memory { get; }",
            "RecurrentDropout of 'Memory' is 0.9, which would keep none of 4 units, because (1 - 0.9) * 4 is rounded; 1 is kept: lower the rate"),
        new("SDC0120", "[[|Lstm(60000)|]] public partial LstmLayer Memory { get; }",
            "The weights of 'Memory' are 60000 x 240000 = 14400000000 numbers; use smaller sizes, so that there are at most 2147483647"),
        new("SDC0121", "[StructuredDropoutLstm(BatchSize = 65536, TimeSteps = 4096)] public partial class [|Model|] {" + Series + Memory + Load + "}",
            "One window of model 'Model' needs 15042347008 numbers of workspace (BatchSize 65536, TimeSteps 4096); use smaller sizes, so that there are at most 2147483647"),
        new("SDC0122", "[StructuredDropoutLstm(Backends = Backends.Cpu | Backends.Cuda)] public partial class Model {" + "[Embedding(9, 4)] public partial EmbeddingLayer Words { get; } [[|Lstm(4, Direction = Direction.Both)|]] public partial LstmLayer Context { get; } [Softmax(9)] public partial SoftmaxLayer Next { get; }" + "}",
            "The CUDA backend has no Direction.Both yet, which 'Context' asks for; leave it out, or remove Backends.Cuda from the model and train it on the CPU"),
        new("SDC0122", "[StructuredDropoutLstm(Backends = Backends.Cpu | Backends.Cuda)] public partial class Model {" + "[[|Embedding(9, 4, WordDropout = 0.5)|]] public partial EmbeddingLayer Words { get; } [Lstm(4)] public partial LstmLayer Memory { get; } [Softmax(9)] public partial SoftmaxLayer Next { get; }" + "}",
            "The CUDA backend has no WordDropout yet, which 'Words' asks for; leave it out, or remove Backends.Cuda from the model and train it on the CPU"),
        new("SDC0122", "[StructuredDropoutLstm(Backends = Backends.Cpu | Backends.Cuda)] public partial class Model {" + "[Embedding(9, 4)] public partial EmbeddingLayer Words { get; } [Lstm(4)] public partial LstmLayer Memory { get; } [[|Softmax(9, TiedTo = nameof(Words))|]] public partial SoftmaxLayer Next { get; }" + "}",
            "The CUDA backend has no TiedTo yet, which 'Next' asks for; leave it out, or remove Backends.Cuda from the model and train it on the CPU"),
    ];
}
