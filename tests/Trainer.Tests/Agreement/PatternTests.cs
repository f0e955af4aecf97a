using System.Collections.Generic;
using System.Linq;
using SdCompiler.Trainer.Tests.Harness;
using SdCompiler.Trainer.Tests.Reference;
using Xunit;

namespace SdCompiler.Trainer.Tests.Agreement;

/// <summary>Every pattern and sampling at every combination of sites, on models that have all sites: one body for many variants, and many bodies.</summary>
public sealed class PatternTests
{
    private static readonly DropoutSites[] Sites =
    [
        DropoutSites.Input, DropoutSites.Recurrent, DropoutSites.Output, DropoutSites.Input | DropoutSites.Recurrent, DropoutSites.Input | DropoutSites.Output, DropoutSites.All,
    ];

    public static TheoryData<DropoutPattern, MaskSampling> Patterns() => new()
    {
        { DropoutPattern.Structured, MaskSampling.FixedCount },
        { DropoutPattern.Structured, MaskSampling.Bernoulli },
        { DropoutPattern.StructuredFixed, MaskSampling.FixedCount },
        { DropoutPattern.StructuredFixed, MaskSampling.Bernoulli },
        { DropoutPattern.Random, MaskSampling.FixedCount },
        { DropoutPattern.RandomFixed, MaskSampling.FixedCount },
    };

    [Theory]
    [MemberData(nameof(Patterns))]
    public void Language_model(DropoutPattern pattern, MaskSampling sampling)
    {
        ModelSpec spec = new(
            new EmbeddingSpec("Words", 9, 6) { OutputDropout = 0.4 },
            new LstmSpec("Lower", 7) { InputDropout = 0.5, RecurrentDropout = 0.4, OutputDropout = 0.3 },
            new LstmSpec("Upper", 5) { Layers = 2, InputDropout = 0.3, RecurrentDropout = 0.5, OutputDropout = 0.4 },
            new LinearSpec("Head", 6, Activation.Tanh) { InputDropout = 0.3, OutputDropout = 0.3 },
            new SoftmaxSpec("Next", 9) { InputDropout = 0.5 });
        Check(spec, pattern, sampling);
    }

    [Theory]
    [MemberData(nameof(Patterns))]
    public void Regression_with_branches(DropoutPattern pattern, MaskSampling sampling)
    {
        ModelSpec spec = new(
            new EmbeddingSpec("Kind", 5, 4) { OutputDropout = 0.4 },
            new SeriesSpec("Sensors", 3),
            new ConcatSpec("Inputs", "Kind", "Sensors"),
            new LstmSpec("Memory", 6) { InputDropout = 0.4, RecurrentDropout = 0.3, OutputDropout = 0.5 },
            new LinearSpec("Skip", 4, Activation.Relu) { From = "Inputs", InputDropout = 0.3, OutputDropout = 0.4 },
            new ConcatSpec("All", "Memory", "Skip", "Kind"),
            new RegressionSpec("Output", 2) { InputDropout = 0.3 });
        Check(spec, pattern, sampling);
    }

    [Theory]
    [MemberData(nameof(Patterns))]
    public void Classification(DropoutPattern pattern, MaskSampling sampling)
    {
        ModelSpec spec = new(
            new EmbeddingSpec("Words", 9, 6) { OutputDropout = 0.4 },
            new LstmSpec("Memory", 9) { InputDropout = 0.5, RecurrentDropout = 0.4, OutputDropout = 0.3 },
            new ClassificationSpec("Label", 4) { InputDropout = 0.4 });
        Check(spec, pattern, sampling);
    }

    private static void Check(ModelSpec spec, DropoutPattern pattern, MaskSampling sampling)
    {
        ModelSource source = new("Model", spec)
        {
            BatchSize = 3,
            TimeSteps = 4,
            Variants = Sites.Select(sites => new VariantSource("V" + (int)sites, pattern, sites, sampling)).Append(new VariantSource("None", pattern, DropoutSites.None)).ToList(),
        };
        AgreementCheck.CheckAll(source, TestData.Window(spec, 4, 3, seed: 7), TestData.Window(spec, 3, 3, seed: 8, [3, 1, 2]));
    }
}
