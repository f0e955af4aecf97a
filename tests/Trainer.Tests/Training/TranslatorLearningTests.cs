using System;
using System.Collections.Generic;
using System.Linq;
using SdCompiler.Trainer.Tests.Agreement;
using SdCompiler.Trainer.Tests.Harness;
using SdCompiler.Trainer.Tests.Reference;
using Xunit;

namespace SdCompiler.Trainer.Tests.Training;

/// <summary>An encoder-decoder learns to turn sentences round, and its predictor does so with sentences that it has not seen.</summary>
public sealed class TranslatorLearningTests
{
    private const int Begin = 1;
    private const int End = 2;
    private const int First = 3;

    [Fact]
    public void A_translator_learns_to_turn_sentences_round()
    {
        ModelSource source = new("Reverser", new ModelSpec(
            new EmbeddingSpec("Source", 7, 12),
            new LstmSpec("Encoder", 24),
            new EmbeddingSpec("Target", 9, 12),
            new LstmSpec("Decoder", 24) { InitialState = "Encoder", Feedback = "Attended", RecurrentDropout = 0.1 },
            new AttentionSpec("Attended", "Encoder") { OutputDropout = 0.1 },
            new SoftmaxSpec("NextWord", 9) { Predicts = "Target" }))
        {
            BatchSize = 32,
            TimeSteps = 6,
        };
        using CompiledModels models = CompiledModels.Compile(source);
        HostedModel model = models.Create(source);
        using HostedTrainer trainer = model.CreateTrainer(new Adam { LearningRate = 0.01, ClipNorm = 5 });
        Random random = new(1);
        for (int step = 0; step < 500; step++)
        {
            trainer.Step(Window(Enumerable.Range(0, 32).Select(_ => Sentence(random)).ToArray()));
        }

        TranslationPredictor predictor = (TranslationPredictor)model.CreatePredictor(20).Object;
        int[][] sentences = Enumerable.Range(0, 100).Select(_ => Sentence(random)).ToArray();
        foreach (int width in new[] { 1, 4 })
        {
            TranslationOptions options = new() { Begin = Begin, End = End, BeamWidth = width, MaximumLength = 10 };
            IReadOnlyList<Translation[]> found = predictor.Translate(sentences.Select(sentence => (ReadOnlyMemory<int>)sentence).ToArray(), options);
            int right = sentences.Zip(found).Count(pair => Reversed(pair.First).SequenceEqual(pair.Second[0].Tokens));
            Assert.True(right >= 95, $"only {right} of 100 sentences are right with a beam of {width}");
        }
    }

    private static int[] Sentence(Random random) => Enumerable.Range(0, random.Next(1, 6)).Select(_ => random.Next(1, 7)).ToArray();

    /// <summary>The other way round, in the other language's numbers.</summary>
    private static int[] Reversed(int[] sentence) => sentence.Reverse().Select(token => token - 1 + First).ToArray();

    private static ReferenceWindow Window(int[][] sentences)
    {
        int steps = sentences.Max(sentence => sentence.Length);
        int[] Lay(int length, Func<int[], IEnumerable<int>> tokens)
        {
            int[] array = new int[length * sentences.Length];
            for (int row = 0; row < sentences.Length; row++)
            {
                int t = 0;
                foreach (int token in tokens(sentences[row]))
                {
                    array[(t++ * sentences.Length) + row] = token;
                }
            }

            return array;
        }

        ReferenceWindow window = new(steps + 1, sentences.Length)
        {
            Lengths = sentences.Select(sentence => sentence.Length + 1).ToArray(),
            SourceSteps = steps,
            SourceLengths = sentences.Select(sentence => sentence.Length).ToArray(),
            TargetTokens = Lay(steps + 1, sentence => Reversed(sentence).Append(End)),
        };
        window.Tokens["Source"] = Lay(steps, sentence => sentence);
        window.Tokens["Target"] = Lay(steps + 1, sentence => Reversed(sentence).Prepend(Begin));
        return window;
    }
}
