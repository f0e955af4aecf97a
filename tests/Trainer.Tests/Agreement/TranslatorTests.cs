using System.Collections.Generic;
using System.Linq;
using SdCompiler.Trainer.Tests.Harness;
using SdCompiler.Trainer.Tests.Reference;
using Xunit;

namespace SdCompiler.Trainer.Tests.Agreement;

/// <summary>Encoder-decoders against the reference: every score, with and without input feeding, every pattern, ragged sides, fewer rows than B, shorter sides than T.</summary>
public sealed class TranslatorTests
{
    public static TheoryData<string, bool, DropoutPattern, MaskSampling> Cases()
    {
        TheoryData<string, bool, DropoutPattern, MaskSampling> cases = new()
        {
            { "General", true, DropoutPattern.Structured, MaskSampling.FixedCount },
            { "General", true, DropoutPattern.Structured, MaskSampling.Bernoulli },
            { "General", true, DropoutPattern.StructuredFixed, MaskSampling.FixedCount },
            { "General", true, DropoutPattern.Random, MaskSampling.FixedCount },
            { "General", true, DropoutPattern.RandomFixed, MaskSampling.FixedCount },
            { "Dot", true, DropoutPattern.Structured, MaskSampling.FixedCount },
            { "Concat", true, DropoutPattern.Random, MaskSampling.FixedCount },
            { "Concat", true, DropoutPattern.Structured, MaskSampling.FixedCount },
        };
        foreach (string score in new[] { "General", "Dot", "Concat", "None" })
        {
            cases.Add(score, false, DropoutPattern.Structured, MaskSampling.FixedCount);
            cases.Add(score, false, DropoutPattern.Random, MaskSampling.FixedCount);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Trainer_agrees_with_the_reference(string score, bool feedback, DropoutPattern pattern, MaskSampling sampling)
    {
        ModelSpec spec = TranslatorSpecs.Of(score, feedback, TranslatorSpecs.Rates);
        ModelSource source = new("Model", spec)
        {
            BatchSize = 4,
            TimeSteps = 5,
            Variants =
            [
                new VariantSource("All", pattern, DropoutSites.All, sampling),
                new VariantSource("Input", pattern, DropoutSites.Input, sampling),
                new VariantSource("Output", pattern, DropoutSites.Output, sampling),
                new VariantSource("None", pattern, DropoutSites.None, sampling),
            ],
        };
        AgreementCheck.CheckAll(source, TranslatorSpecs.Windows(spec));
    }
}
