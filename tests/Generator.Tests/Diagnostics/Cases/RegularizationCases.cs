namespace SdCompiler.Generator.Tests.Diagnostics.Cases;

/// <summary>SDC0138-0141, and what of it CUDA lacks.</summary>
internal static class RegularizationCases
{
    private const string Cuda = "[StructuredDropoutLstm(Backends = Backends.Cpu | Backends.Cuda)] public partial class Model {[Series(8)] public partial SeriesLayer Sensors { get; } ";
    private const string Load = "[Regression(1)] public partial RegressionLayer Load { get; } }";

    public static readonly DiagnosticCase[] All =
    [
        new("SDC0138", "[Lstm(8, RecurrentDropout = 0.25, [|WeightDropout = 0.5|])] public partial LstmLayer Memory { get; }",
            "'Memory' has RecurrentDropout and WeightDropout, which both drop what the layer reads of its previous step; remove one of them"),
        new("SDC0041", "[Lstm(4, [|WeightDropout = 1|])] public partial LstmLayer Memory { get; }", "WeightDropout of 'Memory' is 1; use a value from 0 up to, not including, 1"),
        new("SDC0046", "[Lstm(4, [|WeightPattern = DropoutPattern.Random|])] public partial LstmLayer Memory { get; }",
            "WeightPattern of 'Memory' has no effect, because WeightDropout is 0; give WeightDropout a rate, or remove WeightPattern"),
        new("SDC0118", "[Lstm(4, [|WeightDropout = 0.1|])] public partial LstmLayer Memory { get; }",
            "WeightDropout of 'Memory' is 0.1, which keeps all 4 of 4 units, because (1 - 0.1) * 4 is rounded; raise it to 0.25, or remove it"),
        new("SDC0139", "[Lstm(4, [|ActivationPenalty = -1|])] public partial LstmLayer Memory { get; }", "ActivationPenalty of 'Memory' is -1; use a finite number above 0, such as 2, or leave it out"),
        new("SDC0139", "[Lstm(4, [|TemporalPenalty = double.PositiveInfinity|])] public partial LstmLayer Memory { get; }", "TemporalPenalty of 'Memory' is Infinity; use a finite number above 0, such as 2, or leave it out"),
        new("SDC0140", "[Lstm(4)] public partial LstmLayer Memory { get; } [Softmax(9, [|LabelSmoothing = 1.5|])] public partial SoftmaxLayer Next { get; }",
            "LabelSmoothing of 'Next' is 1.5; use a value from 0 up to, not including, 1, such as 0.1"),
        new("SDC0141", "[Lstm(8, Direction = Direction.Both, [|ActivationPenalty = 2|], TemporalPenalty = 1)] public partial LstmLayer Context { get; }",
            "'Context' has ActivationPenalty and Direction.Both; penalties are for an LSTM that reads in one direction, so remove one of them"),
        new("SDC0122", Cuda + "[[|Lstm(8, ActivationPenalty = 2)|]] public partial LstmLayer Memory { get; } " + Load,
            "The CUDA backend has no ActivationPenalty yet, which 'Memory' asks for; leave it out, or remove Backends.Cuda from the model and train it on the CPU"),
        new("SDC0122", Cuda + "[[|Lstm(8, TemporalPenalty = 1)|]] public partial LstmLayer Memory { get; } " + Load,
            "The CUDA backend has no TemporalPenalty yet, which 'Memory' asks for; leave it out, or remove Backends.Cuda from the model and train it on the CPU"),
        new("SDC0122", Cuda + "[Lstm(8)] public partial LstmLayer Memory { get; } [[|Softmax(9, LabelSmoothing = 0.1)|]] public partial SoftmaxLayer Next { get; } }",
            "The CUDA backend has no LabelSmoothing yet, which 'Next' asks for; leave it out, or remove Backends.Cuda from the model and train it on the CPU"),
        new("SDC0122", Cuda + "[[|Lstm(8, WeightDropout = 0.5)|]] public partial LstmLayer Memory { get; } " + Load,
            "The CUDA backend has no WeightDropout yet, which 'Memory' asks for; leave it out, or remove Backends.Cuda from the model and train it on the CPU"),
    ];
}
