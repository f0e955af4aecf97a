using System;
using System.Collections.Generic;
using System.Linq;
using SdCompiler.Trainer.Tests.Harness;
using SdCompiler.Trainer.Tests.Prediction;
using SdCompiler.Trainer.Tests.Reference;
using Xunit;

namespace SdCompiler.Trainer.Tests.Agreement;

/// <summary>The layers of a sentence tagger on top of each other: words beside their spelling, both directions of time, a conditional random field.</summary>
public sealed class TaggerModelTests
{
    private static readonly DropoutPattern[] Patterns = [DropoutPattern.Structured, DropoutPattern.StructuredFixed, DropoutPattern.Random, DropoutPattern.RandomFixed];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_pattern_agrees(bool trainable)
    {
        ModelSource source = Source(trainable);
        AgreementCheck.CheckAll(source, TestData.Window(source.Spec, 4, 3, seed: 7), TestData.Window(source.Spec, 4, 3, seed: 8, [2, 4, 1]), TestData.Window(source.Spec, 3, 2, seed: 9));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_plan_is_what_is_executed(bool trainable)
    {
        ModelSource source = Source(trainable);
        using CompiledModels models = CompiledModels.Compile(source);
        int[] dimensions = source.Dimensions.Select(dimension => dimension.Value).ToArray();
        foreach (VariantSource variant in source.Variants)
        {
            HostedModel model = models.Create(source);
            using HostedTrainer trainer = model.CreateTrainer(variant: variant.Name, options: new TrainerOptions { Threads = 2 });
            Assert.Equal(model.Plan.Variant(variant.Name).WorkspaceBytes(dimensions), trainer.Trainer.WorkspaceBytes);

            // Words as long as they can be: the plan's count.
            ReferenceWindow window = TestData.Window(source.Spec, 4, 3, seed: 7);
            trainer.Step(window);
            Assert.InRange(trainer.Trainer.MultiplyAdds, 1, model.Plan.Evaluate(variant.Name, dimensions).Kept);
        }
    }

    [Fact]
    public void The_predictor_reads_sentences_of_any_length()
    {
        ModelSource source = Source(trainable: true);
        using CompiledModels models = CompiledModels.Compile(source);
        HostedModel model = models.Create(source);
        model.Set(TestData.Parameters(source.Spec, seed: 3));
        foreach (int together in (int[])[1, 3])
        {
            HostedPredictor predictor = model.CreatePredictor(together);
            foreach ((int steps, int[]? lengths) in ((int, int[]?)[])[(4, null), (70, [33, 70, 1, 70, 4]), (7, [2, 7, 1, 7, 4])])
            {
                ReferenceWindow window = TestData.Window(source.Spec, steps, 5, seed: 3, lengths);
                ReferenceResult expected = new ReferenceModel(source.Spec).Run(window, model.Values(), NoDropout.Instance);
                double[] actual = Array.ConvertAll(predictor.Predict(window), value => (double)value);
                AgreementCheck.CheckClose(PredictorTests.Outputs(source.Spec, expected.Outputs, window), actual, $"{together} rows together, {steps} steps");
            }
        }
    }

    private static ModelSource Source(bool trainable) => new("Model", new ModelSpec(
        new EmbeddingSpec("Words", 13, 6) { Trainable = trainable, Dimension = "WordTypes" },
        new CharacterCnnSpec("Spelling", 9, 4) { Dimension = "CharacterTypes", InputDropout = 0.5 },
        new ConcatSpec("Token", "Words", "Spelling"),
        new LstmSpec("Context", 7) { Direction = Direction.Both, InputDropout = 0.5, RecurrentDropout = 0.4 },
        new CrfSpec("Tags", 5) { Dimension = "Labels", InputDropout = 0.5 }))
    {
        BatchSize = 3,
        TimeSteps = 4,
        Variants = [.. Variants()],
    };

    private static IEnumerable<VariantSource> Variants() => Patterns
        .SelectMany(pattern => new[] { new VariantSource(pattern.ToString(), pattern), new VariantSource(pattern + "Input", pattern, DropoutSites.Input) })
        .Append(new VariantSource("Dense", DropoutPattern.Structured, DropoutSites.None));
}
