using System.Collections.Generic;
using System.Linq;
using SdCompiler.Trainer.Tests.Reference;

namespace SdCompiler.Trainer.Tests.Agreement;

/// <summary>The encoder-decoders that tests train.</summary>
internal static class TranslatorSpecs
{
    /// <summary>A rate at every site.</summary>
    public const double Rates = 0.4;

    /// <param name="score">The attention's score, or None for a model without attention.</param>
    /// <param name="feedback">Whether the decoder reads what the attention gave at the step before.</param>
    /// <param name="rate">Drop probability of every site.</param>
    /// <param name="layers">Layers of both sides.</param>
    /// <param name="classes">Tokens of the target side.</param>
    /// <param name="units">Units of encoder and decoder.</param>
    public static ModelSpec Of(string score, bool feedback, double rate, int layers = 2, int units = 6, int classes = 9)
    {
        LstmSpec encoder = new("Encoder", units) { Layers = layers, InputDropout = rate, RecurrentDropout = rate, OutputDropout = rate };
        List<LayerSpec> specs =
        [
            new EmbeddingSpec("Source", 7, 5),
            encoder,
            new EmbeddingSpec("Target", classes, 4),
            new LstmSpec("Decoder", units)
            {
                Layers = layers,
                InitialState = "Encoder",
                Feedback = feedback ? "Attended" : null,
                InputDropout = rate,
                RecurrentDropout = rate,
                OutputDropout = rate,
            },
        ];
        if (score != "None")
        {
            specs.Add(new AttentionSpec("Attended", "Encoder") { Score = System.Enum.Parse<AttentionScore>(score), OutputDropout = rate });
        }

        specs.Add(new SoftmaxSpec("NextWord", classes) { Predicts = "Target", IgnoreIndex = -100 });
        return new ModelSpec(specs.ToArray());
    }

    /// <summary>Dropped recurrent weights, penalties and smoothed targets, which a decoder has too that reads what the attention gave: but for penalties.</summary>
    /// <param name="feedback">Whether it does.</param>
    /// <param name="rate">Drop probability of every site.</param>
    public static ModelSpec Regularized(bool feedback, double rate) => new(
        new EmbeddingSpec("Source", 7, 5),
        new LstmSpec("Encoder", 6) { Layers = 2, WeightDropout = rate, OutputDropout = rate, ActivationPenalty = 2, TemporalPenalty = 1.5 },
        new EmbeddingSpec("Target", 9, 4),
        new LstmSpec("Decoder", 6)
        {
            Layers = 2,
            InitialState = "Encoder",
            Feedback = feedback ? "Attended" : null,
            WeightDropout = rate,
            OutputDropout = rate,
            ActivationPenalty = feedback ? 0 : 1,
            TemporalPenalty = feedback ? 0 : 0.5,
        },
        new AttentionSpec("Attended", "Encoder") { OutputDropout = rate },
        new SoftmaxSpec("NextWord", 9) { Predicts = "Target", IgnoreIndex = -100, LabelSmoothing = 0.2 });

    /// <summary>A full window, one with ragged sides, one with fewer rows and shorter sides, and one whose target is a single step.</summary>
    public static ReferenceWindow[] Windows(ModelSpec spec) =>
    [
        TestData.Window(spec, 5, 4, seed: 7),
        TestData.Window(spec, 5, 4, seed: 8, [3, 5, 1, 4], [2, 4, 5, 4]),
        TestData.Window(spec, 3, 3, seed: 9, [3, 2, 3], [1, 4, 2]),
        TestData.Window(spec, 1, 4, seed: 10, [1, 1, 1, 1], [3, 1, 5, 2]),
    ];
}
