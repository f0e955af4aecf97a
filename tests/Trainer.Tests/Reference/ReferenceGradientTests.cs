using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace SdCompiler.Trainer.Tests.Reference;

/// <summary>The reference's gradients against central differences, on every parameter of tiny models: the measure must itself be measured.</summary>
public sealed class ReferenceGradientTests
{
    private const double Tolerance = 1e-6;

    private static readonly Dictionary<string, ModelSpec> Specs = new()
    {
        ["language model"] = new(
            new EmbeddingSpec("Words", 7, 3), new LstmSpec("Lower", 4), new LstmSpec("Upper", 3), new SoftmaxSpec("Next", 7)),
        ["stack"] = new(new EmbeddingSpec("Words", 5, 2), new LstmSpec("Memory", 3) { Layers = 3 }, new SoftmaxSpec("Next", 5) { IgnoreIndex = -100 }),
        ["tied"] = new(new EmbeddingSpec("Words", 6, 3), new LstmSpec("Memory", 3), new SoftmaxSpec("Next", 6) { TiedTo = "Words" }),
        ["regression"] = new(
            new SeriesSpec("Sensors", 3), new LstmSpec("Memory", 4), new LinearSpec("Head", 3, Activation.Tanh), new RegressionSpec("Output", 2)),
        ["sigmoid and relu"] = new(
            new SeriesSpec("Sensors", 3), new LinearSpec("Gate", 4, Activation.Sigmoid), new LinearSpec("Rectified", 5, Activation.Relu), new RegressionSpec("Output", 1)),
        ["branches"] = new(
            new EmbeddingSpec("Words", 6, 3),
            new SeriesSpec("Sensors", 2),
            new ConcatSpec("Both", "Words", "Sensors"),
            new LstmSpec("Memory", 3),
            new LinearSpec("Skip", 4, Activation.None) { From = "Both" },
            new ConcatSpec("All", "Memory", "Skip", "Words"),
            new SoftmaxSpec("Next", 4)),
        ["both directions"] = new(
            new EmbeddingSpec("Words", 6, 3), new LstmSpec("Context", 3) { Layers = 2, Direction = Direction.Both }, new SoftmaxSpec("Tags", 4)),
        ["classification of both directions"] = new(
            new EmbeddingSpec("Words", 6, 3), new LstmSpec("Context", 3) { Direction = Direction.Both }, new ClassificationSpec("Label", 3)),
        ["tags"] = new(new EmbeddingSpec("Words", 6, 3), new LstmSpec("Memory", 3), new CrfSpec("Tags", 4)),
        ["characters"] = new(
            new EmbeddingSpec("Words", 6, 2),
            new CharacterCnnSpec("Spelling", 5, 3) { Filters = 4 },
            new CharacterCnnSpec("Shape", 3, 2) { Filters = 2, Window = 5, MaximumLength = 3 },
            new ConcatSpec("Token", "Spelling", "Words", "Shape"),
            new LstmSpec("Memory", 3),
            new SoftmaxSpec("Next", 4)),
        ["spelling"] = new(
            new EmbeddingSpec("Words", 6, 2),
            new CharacterLstmSpec("Spelling", 5, 3) { Units = 2, MaximumLength = 4 },
            new CharacterLstmSpec("Shape", 3, 2) { Units = 1, MaximumLength = 1 },
            new ConcatSpec("Token", "Spelling", "Words", "Shape"),
            new LstmSpec("Memory", 3),
            new SoftmaxSpec("Next", 4)),
        ["mixture"] = new(
            new EmbeddingSpec("Words", 6, 3), new LstmSpec("Memory", 4), new MixtureSpec("Next", 5) { ContextWidth = 2, IgnoreIndex = 3 }),
        ["tied mixture"] = new(
            new EmbeddingSpec("Words", 6, 3), new LstmSpec("Memory", 3), new MixtureSpec("Next", 6) { Experts = 2, TiedTo = "Words" }),
        ["awd"] = new(
            new EmbeddingSpec("Words", 5, 3),
            new LstmSpec("Lower", 4) { WeightDropout = 0.3, ActivationPenalty = 0.5 },
            new LstmSpec("Upper", 3) { Layers = 2, WeightDropout = 0.3, OutputDropout = 0.4, ActivationPenalty = 2, TemporalPenalty = 1.5 },
            new SoftmaxSpec("Next", 5) { TiedTo = "Words", LabelSmoothing = 0.2, IgnoreIndex = 3 }),
        ["classification"] = new(new EmbeddingSpec("Words", 6, 3), new LstmSpec("Memory", 3), new ClassificationSpec("Label", 3)),
        ["translator"] = Agreement.TranslatorSpecs.Of("General", feedback: true, rate: 0, layers: 1),
        ["deep translator"] = Agreement.TranslatorSpecs.Of("Concat", feedback: true, rate: 0),
        ["regularized translator"] = Agreement.TranslatorSpecs.Regularized(feedback: false, rate: 0),
        ["translator without attention"] = Agreement.TranslatorSpecs.Of("None", feedback: false, rate: 0, layers: 1),
    };

    public static TheoryData<string, bool, bool> Cases()
    {
        TheoryData<string, bool, bool> cases = [];
        foreach (string name in Specs.Keys)
        {
            cases.Add(name, false, false);
            cases.Add(name, true, true);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradients_equal_central_differences(string name, bool dropout, bool lengths)
    {
        ModelSpec spec = Specs[name];
        Dictionary<string, double[]> parameters = TestData.Parameters(spec, seed: 3);
        ReferenceWindow window = TestData.Window(spec, steps: 3, rows: 3, seed: 5, lengths ? [3, 2, 1] : null);
        IMultipliers masks = dropout ? new RandomMultipliers(0.3, 11) : NoDropout.Instance;
        Dictionary<string, double[][]> state = TestData.State(spec, rows: 3, seed: 7);
        ReferenceModel model = new(spec);
        ReferenceResult result = model.Run(window, parameters, masks, state);
        Assert.True(result.Gradients.Values.Sum(gradient => gradient.Sum(Math.Abs)) > 0.1, "the gradient vanished: this case checks nothing");

        foreach ((string parameter, double[] values) in parameters)
        {
            for (int i = 0; i < values.Length; i++)
            {
                double numeric = CentralDifference(model, window, parameters, masks, state, values, i);
                double gradient = result.Gradients[parameter][i];
                double allowed = Tolerance * Math.Max(1e-3, Math.Abs(numeric));
                Assert.True(Math.Abs(numeric - gradient) <= allowed, $"{parameter}[{i}]: gradient {gradient:R}, central difference {numeric:R}");
            }
        }
    }

    private static double CentralDifference(
        ReferenceModel model,
        ReferenceWindow window,
        Dictionary<string, double[]> parameters,
        IMultipliers masks,
        Dictionary<string, double[][]> state,
        double[] values,
        int i)
    {
        // 1e-4 with the five-point formula: truncation h^4 and rounding 1e-16/h are both far below the tolerance.
        const double H = 1e-4;
        double value = values[i];
        double At(double shift)
        {
            values[i] = value + shift;
            double loss = model.Objective(window, parameters, masks, state);
            values[i] = value;
            return loss;
        }

        return ((8 * (At(H) - At(-H))) - (At(2 * H) - At(-2 * H))) / (12 * H);
    }
}
