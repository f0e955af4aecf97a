using System;
using System.Collections.Generic;
using System.Linq;
using SdCompiler.Trainer.Tests.Agreement;
using SdCompiler.Trainer.Tests.Harness;
using SdCompiler.Trainer.Tests.Reference;
using Xunit;

namespace SdCompiler.Trainer.Tests.Prediction;

/// <summary>Translations against searches that try everything, with probabilities from the reference.</summary>
public sealed class TranslationTests
{
    private const int Begin = 1;
    private const int End = 2;

    private static readonly Lazy<(CompiledModels Models, Dictionary<string, ModelSource> Sources)> Compiled = new(() =>
    {
        Dictionary<string, ModelSource> sources = new()
        {
            ["General"] = new("General", TranslatorSpecs.Of("General", feedback: true, rate: 0, classes: 5)) { BatchSize = 4, TimeSteps = 6 },
            ["Dot"] = new("Dot", TranslatorSpecs.Of("Dot", feedback: true, rate: 0, layers: 1, classes: 5)) { BatchSize = 4, TimeSteps = 6 },
            ["Concat"] = new("Concat", TranslatorSpecs.Of("Concat", feedback: false, rate: 0, layers: 1, classes: 5)) { BatchSize = 4, TimeSteps = 6 },
            ["None"] = new("None", TranslatorSpecs.Of("None", feedback: false, rate: 0, classes: 5)) { BatchSize = 4, TimeSteps = 6 },
        };
        return (CompiledModels.Compile(sources.Values), sources);
    });

    public static TheoryData<string> Names() => ["General", "Dot", "Concat", "None"];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_greedy_translation_takes_the_most_probable_token_each_time(string name)
    {
        (HostedModel model, TranslationPredictor predictor) = Create(name, rows: 1);
        foreach (int[] source in Sentences())
        {
            List<int> expected = [];
            for (int next = Begin; expected.Count < 5; expected.Add(next))
            {
                double[] probabilities = Next(model, source, [Begin, .. expected]);
                next = Array.IndexOf(probabilities, probabilities.Max());
                if (next == End)
                {
                    break;
                }
            }

            Translation greedy = predictor.Translate(source, new TranslationOptions { Begin = Begin, End = End, MaximumLength = 5 });
            Assert.Equal(expected, greedy.Tokens);
            Assert.Equal(expected.Count < 5, greedy.IsFinished);
        }
    }

    [Theory]
    [InlineData("General", LengthNormalization.None)]
    [InlineData("General", LengthNormalization.Length)]
    [InlineData("General", LengthNormalization.Wu)]
    [InlineData("Dot", LengthNormalization.Wu)]
    [InlineData("Concat", LengthNormalization.Length)]
    [InlineData("None", LengthNormalization.None)]
    public void A_beam_wide_enough_finds_what_a_search_of_everything_finds(string name, LengthNormalization normalization)
    {
        const int Longest = 4;
        (HostedModel model, TranslationPredictor predictor) = Create(name, rows: 1);
        TranslationOptions options = new() { Begin = Begin, End = End, MaximumLength = Longest, BeamWidth = 500, Best = 7, Normalization = normalization, LengthPenalty = 0.8 };
        foreach (int[] source in Sentences().Take(2))
        {
            List<(int[] Tokens, double Score)> all = [];
            Enumerate(model, source, [], 0, Longest, options, all);
            (int[] Tokens, double Score)[] expected = all.OrderByDescending(found => found.Score).Take(options.Best).ToArray();

            Translation[] actual = predictor.Translate([source], options)[0];

            Assert.Equal(expected.Select(found => string.Join(" ", found.Tokens)), actual.Select(found => string.Join(" ", found.Tokens)));
            Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First.Score, pair.Second.Score, 1e-4));
            Assert.All(actual, found => Assert.True(found.IsFinished));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_wider_beam_never_ends_at_less(string name)
    {
        (_, TranslationPredictor predictor) = Create(name, rows: 4);
        foreach (int[] source in Sentences())
        {
            // Widths of 1 and of everything: in between a wider beam may lose a prefix that a narrower one happened to keep.
            Translation narrow = predictor.Translate(source, new TranslationOptions { Begin = Begin, End = End, MaximumLength = 4, Normalization = LengthNormalization.None });
            Translation wide = predictor.Translate(source, new TranslationOptions { Begin = Begin, End = End, MaximumLength = 4, BeamWidth = 500, Normalization = LengthNormalization.None });
            Assert.True(wide.IsFinished);

            // One that is cut has no end token to pay for.
            Assert.True(!narrow.IsFinished || wide.Score >= narrow.Score - 1e-5, $"{wide.Score} < {narrow.Score}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_trainer_evaluates_a_translation_at_its_probability(string name)
    {
        (HostedModel model, TranslationPredictor predictor) = Create(name, rows: 8);
        using HostedTrainer trainer = model.CreateTrainer();
        foreach (int[] source in Sentences().Where(sentence => sentence.Length <= 6))
        {
            Translation found = predictor.Translate(source, new TranslationOptions { Begin = Begin, End = End, MaximumLength = 6, BeamWidth = 4 });
            int[] targets = found.IsFinished ? [.. found.Tokens, End] : [.. found.Tokens];
            ReferenceWindow window = Window(model.Source.Spec, source, [Begin, .. targets[..^1]], targets);
            Assert.Equal(-found.LogProbability, trainer.Evaluate(window).TotalLoss, 1e-4);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Sentences_translated_together_come_out_as_alone(string name)
    {
        (_, TranslationPredictor alone) = Create(name, rows: 1);
        ReadOnlyMemory<int>[] sources = Sentences().Select(sentence => (ReadOnlyMemory<int>)sentence).ToArray();
        TranslationOptions options = new() { Begin = Begin, End = End, MaximumLength = 7, BeamWidth = 3, Best = 2, Alignments = true };
        Translation[][] expected = sources.Select(source => alone.Translate([source], options)[0]).ToArray();
        foreach (int rows in new[] { 3, 7, 20, 64 })
        {
            (_, TranslationPredictor together) = Create(name, rows);
            IReadOnlyList<Translation[]> actual = together.Translate(sources, options);
            together.Threads = 3;
            IReadOnlyList<Translation[]> threaded = together.Translate(sources, options);
            for (int i = 0; i < sources.Length; i++)
            {
                Assert.Equal(expected[i].Select(found => string.Join(" ", found.Tokens)), actual[i].Select(found => string.Join(" ", found.Tokens)));
                Assert.All(expected[i].Zip(actual[i]), pair => Assert.Equal(pair.First.LogProbability, pair.Second.LogProbability, 1e-5));
                Assert.Equal(actual[i].Select(found => found.LogProbability), threaded[i].Select(found => found.LogProbability));
            }
        }
    }

    [Theory]
    [InlineData("General")]
    [InlineData("Dot")]
    [InlineData("Concat")]
    public void Alignments_are_the_weights_of_the_attention(string name)
    {
        (HostedModel model, TranslationPredictor predictor) = Create(name, rows: 4);
        int[] source = Sentences()[0];
        Translation found = predictor.Translate(source, new TranslationOptions { Begin = Begin, End = End, MaximumLength = 5, BeamWidth = 2, Alignments = true });
        int steps = found.Tokens.Count + (found.IsFinished ? 1 : 0);
        Assert.Equal(steps, found.Alignments!.Count);
        int[] read = new int[] { Begin }.Concat(found.Tokens).Take(steps).ToArray();
        ReferenceTranslator reference = Reference(model, source, read);
        _ = reference.Loss();
        for (int t = 0; t < steps; t++)
        {
            Assert.All(reference.Alignments[(0, t)].Zip(found.Alignments[t]), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
            Assert.Equal(1, found.Alignments[t].Sum(), 1e-5);
        }
    }

    [Fact]
    public void Many_callers_share_a_predictor()
    {
        (_, TranslationPredictor predictor) = Create("General", rows: 2);
        predictor.Threads = 2;
        TranslationOptions options = new() { Begin = Begin, End = End, MaximumLength = 6, BeamWidth = 3 };
        int[][] sentences = Sentences();
        double[] alone = sentences.Select(sentence => predictor.Translate(sentence, options).LogProbability).ToArray();
        double[] together = new double[8 * sentences.Length];
        System.Threading.Tasks.Parallel.For(0, together.Length, i => together[i] = predictor.Translate(sentences[i % sentences.Length], options).LogProbability);
        for (int i = 0; i < together.Length; i++)
        {
            Assert.Equal(alone[i % alone.Length], together[i], 1e-5);
        }
    }

    [Fact]
    public void Without_attention_there_are_no_alignments()
    {
        (_, TranslationPredictor predictor) = Create("None", rows: 1);
        Assert.Null(predictor.Translate(Sentences()[0], new TranslationOptions { Begin = Begin, End = End, Alignments = true }).Alignments);
    }

    [Fact]
    public void Among_equals_the_lower_token_comes_first()
    {
        (HostedModel model, TranslationPredictor predictor) = Create("General", rows: 1);
        model.Set(model.Values().ToDictionary(pair => pair.Key, pair => new double[pair.Value.Length]));
        Translation[] found = predictor.Translate([Sentences()[0]], new TranslationOptions { Begin = Begin, End = End, MaximumLength = 2, BeamWidth = 3, Best = 3, Normalization = LengthNormalization.Length })[0];

        // All tokens are equally probable: of 0, 1 and the end, the last leaves the beam; then 0 0, 0 1 and so on compete for the two places left.
        Assert.Equal(["", "0 0", "0 1"], found.Select(item => string.Join(" ", item.Tokens)));
    }

    [Fact]
    public void Mistakes_are_said()
    {
        (_, TranslationPredictor predictor) = Create("General", rows: 1);
        void Says(string message, Action translate) => Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(translate).Message, StringComparison.Ordinal);
        Says("Sentence 0 is empty", () => predictor.Translate(ReadOnlySpan<int>.Empty, new TranslationOptions { Begin = Begin, End = End }));
        Says("Sentence 0 has 7 at step 1; the 7 tokens of the source side are 0 to 6", () => predictor.Translate([1, 7], new TranslationOptions { Begin = Begin, End = End }));
        Says("Begin is 5; the 5 tokens of the target side are 0 to 4", () => predictor.Translate([1], new TranslationOptions { Begin = 5, End = End }));
        Says("End is -1", () => predictor.Translate([1], new TranslationOptions { Begin = Begin, End = -1 }));
        Says("BeamWidth is 0", () => predictor.Translate([1], new TranslationOptions { Begin = Begin, End = End, BeamWidth = 0 }));
        Says("BeamWidth is 2147483647; use at most 10000.", () => predictor.Translate([1], new TranslationOptions { Begin = Begin, End = End, BeamWidth = int.MaxValue }));
        Says("BeamWidth is 10001; use at most 10000.", () => predictor.Translate([1], new TranslationOptions { Begin = Begin, End = End, BeamWidth = 10_001 }));
        Says("Best is 2 and BeamWidth 1", () => predictor.Translate([1], new TranslationOptions { Begin = Begin, End = End, Best = 2 }));
        Says("MaximumLength is 0", () => predictor.Translate([1], new TranslationOptions { Begin = Begin, End = End, MaximumLength = 0 }));
        Says("LengthPenalty is NaN", () => predictor.Translate([1], new TranslationOptions { Begin = Begin, End = End, LengthPenalty = double.NaN }));
    }

    private static (HostedModel Model, TranslationPredictor Predictor) Create(string name, int rows)
    {
        HostedModel model = Compiled.Value.Models.Create(Compiled.Value.Sources[name]);
        model.Set(TestData.Parameters(model.Source.Spec, seed: 17, range: 1.5));
        return (model, (TranslationPredictor)model.CreatePredictor(rows).Object);
    }

    /// <summary>Sentences of many lengths, also longer than the model's windows and than what a body has room for at first.</summary>
    private static int[][] Sentences() =>
        [[3, 1, 4, 1, 5], [2], [6, 5, 3, 5], [0, 1, 2, 3, 4, 5], [1, 1, 2, 6, 0, 3, 5, 4, 2], Enumerable.Range(0, 40).Select(i => i * i % 7).ToArray(), [4, 4]];

    private static void Enumerate(HostedModel model, int[] source, int[] prefix, double logProbability, int longest, TranslationOptions options, List<(int[] Tokens, double Score)> all)
    {
        double[] next = Next(model, source, [Begin, .. prefix]);
        for (int token = 0; token < next.Length; token++)
        {
            double sum = logProbability + next[token];
            if (token == End)
            {
                all.Add((prefix, options.Score(sum, prefix.Length + 1)));
            }
            else if (prefix.Length + 1 < longest)
            {
                Enumerate(model, source, [.. prefix, token], sum, longest, options, all);
            }
        }
    }

    /// <summary>Log-probabilities of the token behind what was read.</summary>
    private static double[] Next(HostedModel model, int[] source, int[] read)
    {
        Sequence logits = Reference(model, source, read).Run().Outputs;
        double[] last = Enumerable.Range(0, logits.Units).Select(n => logits[read.Length - 1, 0, n]).ToArray();
        double sum = Math.Log(last.Sum(Math.Exp));
        return Array.ConvertAll(last, logit => logit - sum);
    }

    private static ReferenceTranslator Reference(HostedModel model, int[] source, int[] read) =>
        new(model.Source.Spec, Window(model.Source.Spec, source, read, read), model.Values(), NoDropout.Instance);

    private static ReferenceWindow Window(ModelSpec spec, int[] source, int[] read, int[] targets)
    {
        ReferenceWindow window = new(read.Length, 1) { SourceSteps = source.Length, SourceLengths = [source.Length], TargetTokens = targets };
        window.Tokens["Source"] = source;
        window.Tokens["Target"] = read;
        return window;
    }
}
