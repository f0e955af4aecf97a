using System;
using System.Collections.Generic;
using System.Linq;

namespace SdCompiler.Trainer.Tests.Reference;

/// <summary>Seeded parameters, windows and states for a <see cref="ModelSpec"/>.</summary>
internal static class TestData
{
    /// <summary>Parameters uniform in ±<paramref name="range"/>.</summary>
    public static Dictionary<string, double[]> Parameters(ModelSpec spec, int seed, double range = 0.5)
    {
        Random random = new(seed);
        return spec.Parameters().ToDictionary(
            pair => pair.Key, pair => Enumerable.Range(0, pair.Value).Select(_ => (double)(float)(range * ((2 * random.NextDouble()) - 1))).ToArray());
    }

    /// <summary>A window of random inputs and targets; one target in four is ignored where the model says how.</summary>
    public static ReferenceWindow Window(ModelSpec spec, int steps, int rows, int seed, IReadOnlyList<int>? lengths = null, IReadOnlyList<int>? sourceLengths = null)
    {
        Random random = new(seed);
        ReferenceWindow window = new(steps, rows);
        if (spec.HasSource)
        {
            sourceLengths ??= Enumerable.Repeat(steps, rows).ToArray();
            window = window with { SourceSteps = sourceLengths.Max(), SourceLengths = sourceLengths };
        }

        if (lengths is not null)
        {
            window = window with { Lengths = lengths };
        }

        foreach (LayerSpec layer in spec.Layers)
        {
            switch (layer)
            {
                case EmbeddingSpec embedding:
                    window.Tokens[layer.Name] = Tokens(random, (spec.IsSource(layer) ? window.SourceSteps : steps) * rows, embedding.Tokens);
                    break;
                case CharacterSpec characters:
                    window.Characters[layer.Name] = Words(random, steps * rows, characters);
                    break;
                case SeriesSpec series:
                    window.Series[layer.Name] = Numbers(random, steps * rows * series.Width);
                    break;
                case SoftmaxSpec softmax:
                    return window with { TargetTokens = Targets(random, steps * rows, softmax.Classes, softmax.IgnoreIndex) };
                case MixtureSpec mixture:
                    return window with { TargetTokens = Targets(random, steps * rows, mixture.Classes, mixture.IgnoreIndex) };
                case CrfSpec crf:
                    return window with { TargetTokens = Tokens(random, steps * rows, crf.Tags) };
                case ClassificationSpec classification:
                    return window with { TargetTokens = Targets(random, rows, classification.Classes, classification.IgnoreIndex) };
                case RegressionSpec regression:
                    return window with { TargetSeries = Numbers(random, steps * rows * regression.Outputs) };
            }
        }

        return window;
    }

    /// <summary>A random state in ±1 for every LSTM layer.</summary>
    public static Dictionary<string, double[][]> State(ModelSpec spec, int rows, int seed)
    {
        Random random = new(seed);
        Dictionary<string, double[][]> state = [];
        foreach (LstmSpec lstm in spec.Layers.OfType<LstmSpec>())
        {
            for (int index = 0; index < lstm.Layers; index++)
            {
                foreach (string name in (string[])["h", "c"])
                {
                    state[$"{lstm.Name}.{name}_l{index}"] = Enumerable.Range(0, rows)
                        .Select(_ => Enumerable.Range(0, lstm.Units).Select(_ => (2 * random.NextDouble()) - 1).ToArray()).ToArray();
                }
            }
        }

        return state;
    }

    private static int[] Tokens(Random random, int count, int tokens) => Enumerable.Range(0, count).Select(_ => random.Next(tokens)).ToArray();

    private static int[] Words(Random random, int count, CharacterSpec spec) => Enumerable.Range(0, count).SelectMany(_ =>
    {
        int length = 1 + random.Next(spec.MaximumLength);
        return Enumerable.Range(0, spec.MaximumLength).Select(i => i < length ? random.Next(spec.Characters) : -1).ToArray();
    }).ToArray();

    private static int[] Targets(Random random, int count, int classes, int ignoreIndex)
    {
        int[] targets = Tokens(random, count, classes);
        for (int i = 1; i < count && ignoreIndex != -1; i += 4)
        {
            targets[i] = ignoreIndex;
        }

        return targets;
    }

    private static float[] Numbers(Random random, int count) => Enumerable.Range(0, count).Select(_ => (float)((2 * random.NextDouble()) - 1)).ToArray();
}
