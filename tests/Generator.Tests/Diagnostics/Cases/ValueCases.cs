namespace SdCompiler.Generator.Tests.Diagnostics.Cases;

/// <summary>SDC0040-0048.</summary>
internal static class ValueCases
{
    private const string Rest = """
         public partial class Model
        {
            [Series(8)] public partial SeriesLayer Sensors { get; }
            [Lstm(4)] public partial LstmLayer Memory { get; }
            [Regression(1)] public partial RegressionLayer Load { get; }
        }
        """;

    public static readonly DiagnosticCase[] All =
    [
        new("SDC0040", "[StructuredDropoutLstm([|BatchSize = 0|])]" + Rest, "BatchSize of 'Model' is 0; use a whole number from 1 to 65536"),
        new("SDC0040", "[StructuredDropoutLstm(BatchSize = 1, [|TimeSteps = 5000|])]" + Rest, "TimeSteps of 'Model' is 5000; use a whole number from 1 to 4096"),
        new("SDC0040", "[Lstm([|0|])] public partial LstmLayer Memory { get; }", "Units of 'Memory' is 0; use a whole number from 1 to 65536"),
        new("SDC0040", "[Lstm([|units: -3|])] public partial LstmLayer Memory { get; }", "Units of 'Memory' is -3; use a whole number from 1 to 65536"),
        new("SDC0040", "[Lstm(4, [|Layers = 65|])] public partial LstmLayer Memory { get; }", "Layers of 'Memory' is 65; use a whole number from 1 to 64"),
        new("SDC0040", "[Series([|int.MaxValue|])] public partial SeriesLayer Sensors { get; }", "Width of 'Sensors' is 2147483647; use a whole number from 1 to 65536"),
        new("SDC0040", "[Embedding([|width: 0|], tokens: 5)] public partial EmbeddingLayer Words { get; }", "Width of 'Words' is 0; use a whole number from 1 to 65536"),
        new("SDC0040", "[Embedding([|0|], 5)] public partial EmbeddingLayer Words { get; }", "Tokens of 'Words' is 0; use a whole number from 1 to 16777216"),
        new("SDC0040", "[Lstm(4)] public partial LstmLayer Memory { get; } [Softmax([|1|], IgnoreIndex = 0)] public partial SoftmaxLayer Next { get; }", "Classes of 'Next' is 1; use a whole number from 2 to 16777216"),
        new("SDC0040", "[CharacterCnn(9, [|0|])] public partial CharacterCnnLayer Spelling { get; }", "Width of 'Spelling' is 0; use a whole number from 1 to 65536"),
        new("SDC0040", "[CharacterCnn([|0|], 8)] public partial CharacterCnnLayer Spelling { get; }", "Characters of 'Spelling' is 0; use a whole number from 1 to 16777216"),
        new("SDC0040", "[CharacterCnn(9, 8, [|Filters = 0|])] public partial CharacterCnnLayer Spelling { get; }", "Filters of 'Spelling' is 0; use a whole number from 1 to 65536"),
        new("SDC0040", "[CharacterCnn(9, 8, [|Window = 65|])] public partial CharacterCnnLayer Spelling { get; }", "Window of 'Spelling' is 65; use a whole number from 1 to 63"),
        new("SDC0040", "[CharacterCnn(9, 8, [|MaximumLength = 2000|])] public partial CharacterCnnLayer Spelling { get; }", "MaximumLength of 'Spelling' is 2000; use a whole number from 1 to 1024"),
        new("SDC0040", "[CharacterLstm(9, [|0|])] public partial CharacterLstmLayer Spelling { get; }", "Width of 'Spelling' is 0; use a whole number from 1 to 65536"),
        new("SDC0040", "[CharacterLstm([|0|], 8)] public partial CharacterLstmLayer Spelling { get; }", "Characters of 'Spelling' is 0; use a whole number from 1 to 16777216"),
        new("SDC0040", "[CharacterLstm(9, 8, [|Units = 0|])] public partial CharacterLstmLayer Spelling { get; }", "Units of 'Spelling' is 0; use a whole number from 1 to 65536"),
        new("SDC0040", "[CharacterLstm(9, 8, [|MaximumLength = 2000|])] public partial CharacterLstmLayer Spelling { get; }", "MaximumLength of 'Spelling' is 2000; use a whole number from 1 to 1024"),
        new("SDC0053", "[CharacterCnn(9, 8, [|Window = 4|])] public partial CharacterCnnLayer Spelling { get; }", "Window of 'Spelling' is 4, which has no middle character; use an odd number, such as 3 or 5"),
        new("SDC0040", "[Lstm(4)] public partial LstmLayer Memory { get; } [Crf([|5000|])] public partial CrfLayer Tags { get; }", "Tags of 'Tags' is 5000; use a whole number from 2 to 4096"),
        new("SDC0040", "[Lstm(4)] public partial LstmLayer Memory { get; } [Regression([|0|])] public partial RegressionLayer Load { get; }", "Outputs of 'Load' is 0; use a whole number from 1 to 65536"),
        new("SDC0041", "[Lstm(4, [|RecurrentDropout = 1.5|])] public partial LstmLayer Memory { get; }", "RecurrentDropout of 'Memory' is 1.5; use a value from 0 up to, not including, 1"),
        new("SDC0041", "[Lstm(4, [|InputDropout = 1|])] public partial LstmLayer Memory { get; }", "InputDropout of 'Memory' is 1; use a value from 0 up to, not including, 1"),
        new("SDC0041", "[Lstm(4, [|OutputDropout = -0.25|])] public partial LstmLayer Memory { get; }", "OutputDropout of 'Memory' is -0.25; use a value from 0 up to, not including, 1"),
        new("SDC0041", "[Lstm(4, [|OutputDropout = double.NaN|])] public partial LstmLayer Memory { get; }", "OutputDropout of 'Memory' is NaN; use a value from 0 up to, not including, 1"),
        new("SDC0041", "[Embedding(9, 4, [|WordDropout = 2|])] public partial EmbeddingLayer Words { get; }", "WordDropout of 'Words' is 2; use a value from 0 up to, not including, 1"),
        new("SDC0042", "[StructuredDropoutLstm(Initializer = Initializer.Uniform, [|InitialRange = 0|])]" + Rest, "InitialRange of 'Model' is 0; use a finite number above 0, such as 0.1"),
        new("SDC0042", "[Lstm(4, Initializer = Initializer.Uniform, [|InitialRange = double.NaN|])] public partial LstmLayer Memory { get; }", "InitialRange of 'Memory' is NaN; use a finite number above 0, such as 0.1"),
        new("SDC0043", "[Lstm(4, [|ForgetBias = double.PositiveInfinity|])] public partial LstmLayer Memory { get; }", "ForgetBias of 'Memory' is Infinity; use a finite number, such as 1, or leave it out"),
        new("SDC0045", "[Linear(4, [|Activation = (Activation)9|])] public partial LinearLayer Head { get; }",
            "Activation of 'Head' is 9, which is no Activation; use one of None, Tanh, Sigmoid, Relu"),
        new("SDC0045", "[Lstm(4, [|Direction = (Direction)2|])] public partial LstmLayer Memory { get; }",
            "Direction of 'Memory' is 2, which is no Direction; use one of Forward, Both"),
        new("SDC0045", "[Lstm(4, InputDropout = 0.5, [|InputPattern = (DropoutPattern)(-1)|])] public partial LstmLayer Memory { get; }",
            "InputPattern of 'Memory' is -1, which is no DropoutPattern; use one of Structured, StructuredFixed, Random, RandomFixed"),
        new("SDC0045", "[StructuredDropoutLstm([|Sampling = (MaskSampling)2|])]" + Rest,
            "Sampling of 'Model' is 2, which is no MaskSampling; use one of FixedCount, Bernoulli"),
        new("SDC0045", "public enum Kind { [Variant([|Sites = (DropoutSites)32|])] One } [StructuredDropoutLstm(Variants = typeof(Kind))]" + Rest,
            "Sites of 'One' is 32, which is no DropoutSites; use one of None, Input, Recurrent, Output, Weight, Latent, All"),
        new("SDC0046", "[Lstm(4, InputDropout = 0.5, [|RecurrentPattern = DropoutPattern.Random|])] public partial LstmLayer Memory { get; }",
            "RecurrentPattern of 'Memory' has no effect, because RecurrentDropout is 0; give RecurrentDropout a rate, or remove RecurrentPattern"),
        new("SDC0047", "[Lstm(4, [|InitialRange = 0.2|], Initializer = Initializer.Glorot)] public partial LstmLayer Memory { get; }",
            "InitialRange of 'Memory' has no effect, because its initialiser is Glorot; set Initializer = Initializer.Uniform, or remove InitialRange"),
        new("SDC0047", "[StructuredDropoutLstm([|InitialRange = 0.05|])]" + Rest,
            "InitialRange of 'Model' has no effect, because no layer has the uniform initialiser; set Initializer = Initializer.Uniform, or remove InitialRange"),
        new("SDC0048", "[Series(4, [|Initializer = Initializer.Glorot|])] public partial SeriesLayer Sensors { get; }",
            "Initializer of 'Sensors' has no effect, because a Series layer has no parameters; remove it"),
    ];
}
