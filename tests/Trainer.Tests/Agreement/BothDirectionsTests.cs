using System.Collections.Generic;
using System.Linq;
using SdCompiler.Trainer.Tests.Harness;
using SdCompiler.Trainer.Tests.Reference;
using Xunit;

namespace SdCompiler.Trainer.Tests.Agreement;

/// <summary>LSTMs that read in both directions of time, against the textbook: patterns, sites, stacks, ragged sentences, fewer rows, short windows, groups of steps.</summary>
public sealed class BothDirectionsTests
{
    public static TheoryData<DropoutPattern, MaskSampling> Patterns() => PatternTests.Patterns();

    [Theory]
    [MemberData(nameof(Patterns))]
    public void Every_pattern_at_every_site(DropoutPattern pattern, MaskSampling sampling)
    {
        ModelSpec spec = new(
            new EmbeddingSpec("Words", 9, 6) { OutputDropout = 0.4 },
            new LstmSpec("Lower", 7) { Direction = Direction.Both, Layers = 2, InputDropout = 0.5, RecurrentDropout = 0.4, OutputDropout = 0.3 },
            new LstmSpec("Upper", 5) { Direction = Direction.Both, InputDropout = 0.3, RecurrentDropout = 0.5, OutputDropout = 0.4 },
            new SoftmaxSpec("Tags", 4) { InputDropout = 0.5, IgnoreIndex = -100 });
        ModelSource source = new("Model", spec)
        {
            BatchSize = 4,
            TimeSteps = 5,
            Variants = ((DropoutSites[])[DropoutSites.Input, DropoutSites.Recurrent, DropoutSites.Output, DropoutSites.All])
                .Select(sites => new VariantSource("V" + (int)sites, pattern, sites, sampling)).Append(new VariantSource("None", pattern, DropoutSites.None)).ToList(),
        };
        Check(source, Ragged(spec));
    }

    [Theory]
    [InlineData(1, 1, 5, 12)]
    [InlineData(2, 2, 12, 33)]
    [InlineData(5, 5, 1, 1)]
    [InlineData(6, 3, 16, 40)]
    [InlineData(20, 2, 13, 11)]
    public void Widths_and_batches(int rows, int steps, int width, int units)
    {
        ModelSpec spec = Tagger(width, units, units > 1 ? 0.5 : 0, width > 1 ? 0.5 : 0);
        Check(new ModelSource("Model", spec) { BatchSize = rows, TimeSteps = steps }, TestData.Window(spec, steps, rows, seed: 1), TestData.Window(spec, 1, rows, seed: 2));
    }

    [Theory]
    [InlineData(64, DropoutPattern.Structured)]
    [InlineData(65, DropoutPattern.Structured)]
    [InlineData(70, DropoutPattern.Random)]
    [InlineData(96, DropoutPattern.StructuredFixed)]
    [InlineData(96, DropoutPattern.RandomFixed)]
    public void Sentences_beyond_the_unroll_limit(int steps, DropoutPattern pattern)
    {
        ModelSpec spec = Tagger(3, 5, 0.4, 0.4);
        Check(
            new ModelSource("Model", spec) { BatchSize = 3, TimeSteps = steps, Pattern = pattern },
            TestData.Window(spec, steps, 3, seed: 1),
            TestData.Window(spec, steps - 3, 3, seed: 2, [33, steps - 3, 1]),
            TestData.Window(spec, 33, 3, seed: 3, [20, 33, 32]),
            TestData.Window(spec, 32, 2, seed: 4),
            TestData.Window(spec, 1, 3, seed: 5));
    }

    [Theory]
    [InlineData(DropoutPattern.Structured)]
    [InlineData(DropoutPattern.Random)]
    public void Classes_and_numbers_of_sentences(DropoutPattern pattern)
    {
        LayerSpec memory = new LstmSpec("Context", 6) { Direction = Direction.Both, InputDropout = 0.4, RecurrentDropout = 0.4, OutputDropout = 0.4 };
        foreach (ModelSpec spec in (ModelSpec[])
        [
            new(new EmbeddingSpec("Words", 9, 6), memory, new ClassificationSpec("Label", 3) { InputDropout = 0.4 }),
            new(new EmbeddingSpec("Words", 9, 6), memory, new LinearSpec("Head", 5, Activation.Tanh) { InputDropout = 0.4 }, new ClassificationSpec("Label", 3)),
            new(new SeriesSpec("Sensors", 3), memory, new RegressionSpec("Output", 2)),
            new(new EmbeddingSpec("Words", 9, 6), memory, new LstmSpec("Upper", 4) { InputDropout = 0.4 }, new ConcatSpec("All", "Upper", "Context", "Words"), new SoftmaxSpec("Tags", 4)),
        ])
        {
            Check(new ModelSource("Model", spec) { BatchSize = 4, TimeSteps = 5, Pattern = pattern }, Ragged(spec));
        }
    }

    [Fact]
    public void Fewer_rows_than_before_leave_no_trace()
    {
        ModelSpec spec = Tagger(6, 9, 0.5, 0.5);
        ModelSource source = new("Model", spec) { BatchSize = 5, TimeSteps = 6 };
        using CompiledModels models = CompiledModels.Compile(source);
        HostedModel model = models.Create(source);
        using HostedTrainer trainer = model.CreateTrainer(new Sgd { LearningRate = 0 }, options: new TrainerOptions { Threads = 1 });
        model.Set(TestData.Parameters(spec, seed: 3));
        Assert.Equal(0, trainer.Trainer.State.LayerCount);
        foreach ((int steps, int rows) in ((int, int)[])[(6, 5), (2, 3), (6, 2), (3, 5), (1, 1), (6, 5)])
        {
            ReferenceWindow window = TestData.Window(spec, steps, rows, seed: steps + rows, Enumerable.Range(0, rows).Select(row => row == 0 ? steps : 1 + ((row + steps) % steps)).ToArray());
            double loss = trainer.Step(window);
            AgreementCheck.Check(trainer, new ReferenceModel(spec).Run(window, model.Values(), trainer.LastMultipliers()), loss, $"{steps} steps, {rows} rows");
        }
    }

    private static ReferenceWindow[] Ragged(ModelSpec spec) =>
    [
        TestData.Window(spec, 5, 4, seed: 7), TestData.Window(spec, 5, 4, seed: 8, [2, 5, 1, 3]), TestData.Window(spec, 3, 3, seed: 9, [3, 1, 2]), TestData.Window(spec, 1, 1, seed: 10),
    ];

    private static ModelSpec Tagger(int width, int units, double dropout, double inputDropout) => new(
        new EmbeddingSpec("Words", 9, width),
        new LstmSpec("Context", units) { Direction = Direction.Both, InputDropout = inputDropout, RecurrentDropout = dropout },
        new SoftmaxSpec("Tags", 5) { InputDropout = 0.5 });

    private static void Check(ModelSource source, params IReadOnlyList<ReferenceWindow> windows)
    {
        using CompiledModels models = CompiledModels.Compile(source);
        foreach (string? variant in source.Variants.Count > 0 ? source.Variants.Select(item => (string?)item.Name) : [null])
        {
            foreach (string kernels in AgreementCheck.KernelSets)
            {
                AgreementCheck.CheckWindows(models.Create(source), variant, new TrainerOptions { Kernels = kernels, Threads = 1, CarryState = false }, windows);
            }
        }

        AgreementCheck.CheckWindows(models.Create(source), null, new TrainerOptions { Threads = 3, CarryState = false }, windows);
    }
}
