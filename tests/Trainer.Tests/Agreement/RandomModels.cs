using System;
using System.Collections.Generic;
using System.Linq;
using SdCompiler.Trainer.Tests.Harness;
using SdCompiler.Trainer.Tests.Reference;

namespace SdCompiler.Trainer.Tests.Agreement;

/// <summary>Models that nobody would write: any layers on top of any others, any dropout at any place, sizes that are odd. The same seed gives the same model.</summary>
internal sealed class RandomModels
{
    private static readonly DropoutPattern[] Patterns = Enum.GetValues<DropoutPattern>();

    private readonly Random _random;
    private readonly List<LayerSpec> _layers = [];

    private RandomModels(int seed) => _random = new Random(seed);

    private string Name => "L" + _layers.Count;

    private string Top => _layers[^1].Name;

    /// <summary>A model, with windows to train it on: full, ragged, with fewer rows and steps, and of one place only.</summary>
    /// <param name="seed">Which one.</param>
    /// <param name="isLong">Whether it has more steps than are unrolled.</param>
    public static (ModelSource Source, ReferenceWindow[] Windows) Create(int seed, bool isLong) => new RandomModels(seed).Create(isLong);

    private (ModelSource Source, ReferenceWindow[] Windows) Create(bool isLong)
    {
        int steps = isLong ? 65 + Below(4) : Chance(6) ? 1 : Between(2, 7), rows = isLong ? Between(1, 3) : Chance(6) ? 1 : Between(2, 5);
        if (Chance(3))
        {
            AddTranslator();
        }
        else
        {
            AddInputs();
            AddMiddle();
            AddLoss();
        }

        ModelSpec spec = new(_layers.ToArray());
        DropoutPattern drawn = Chance(2) ? DropoutPattern.Structured : DropoutPattern.StructuredFixed, some = Any(Patterns);
        ModelSource source = new("Model", spec)
        {
            BatchSize = rows,
            TimeSteps = steps,
            Variants =
            [
                new VariantSource("All", Any(Patterns), DropoutSites.All),
                new VariantSource("Drawn", drawn, DropoutSites.All, MaskSampling.Bernoulli),
                new VariantSource("Some", some, (DropoutSites)Below(32)),
                new VariantSource("None", some, DropoutSites.None),
            ],
        };
        int fewer = Between(1, rows), shorter = isLong ? Any(31, 32, 33, 34, 64) : Between(1, steps);
        return (source, [Window(spec, steps, rows, steps, 1), Window(spec, steps, rows, steps, 2), Window(spec, shorter, fewer, steps, 3), Window(spec, 1, 1, steps, 4)]);
    }

    private static ReferenceWindow Window(ModelSpec spec, int steps, int rows, int most, int seed)
    {
        Random random = new(seed);
        int[] lengths = Enumerable.Range(0, rows).Select(_ => seed == 1 ? steps : random.Next(1, steps + 1)).ToArray();
        lengths[random.Next(rows)] = steps;
        int[]? sources = spec.HasSource ? Enumerable.Range(0, rows).Select(_ => seed == 1 ? most : random.Next(1, most + 1)).ToArray() : null;
        return TestData.Window(spec, steps, rows, seed, lengths, sources);
    }

    private void AddInputs()
    {
        int count = Between(1, 3);
        for (int i = 0; i < count; i++)
        {
            double rate = Rate();
            _layers.Add(Below(5) switch
            {
                0 => new CharacterCnnSpec(Name, Between(2, 8), Units()) { Filters = Between(1, 11), Window = 1 + (2 * Below(4)), MaximumLength = Between(1, 13), InputDropout = rate, InputPattern = Pattern(rate), Dimension = Late() },
                1 => new CharacterLstmSpec(Name, Between(2, 8), Units()) { Units = Between(1, 11), MaximumLength = Between(2, 13), InputDropout = rate, InputPattern = Pattern(rate), Dimension = Late() },
                2 => new SeriesSpec(Name, Units()),
                _ => new EmbeddingSpec(Name, Between(3, 39), Units()) { WordDropout = Chance(3) ? 0.3 : 0, OutputDropout = Rate(), Trainable = !Chance(3), Dimension = Late() },
            });
        }

        if (count > 1)
        {
            _layers.Add(new ConcatSpec(Name, _layers.Select(layer => layer.Name).ToArray()));
        }
    }

    private void AddMiddle()
    {
        bool mayGoBack = Chance(2);
        List<string> outputs = [Top];
        for (int i = Below(4); i > 0; i--)
        {
            _layers.Add(Chance(3) ? Linear(outputs[^1], Units()) : Lstm(Units(), mayGoBack && !Chance(3) ? Direction.Both : Direction.Forward) with { From = outputs[^1] });
            outputs.Add(Top);
        }

        if (outputs.Count > 2 && Chance(2))
        {
            _layers.Add(new ConcatSpec(Name, outputs.TakeLast(2).ToArray()));
        }
    }

    private void AddLoss()
    {
        double rate = Rate(), latent = Rate();
        int classes = Between(2, 39), ignored = Chance(2) ? 0 : -1;
        EmbeddingSpec? tied = _layers[0] is EmbeddingSpec { Trainable: true } table && _layers.Count > 1 && Chance(2) ? table : null;
        string? dimension = tied?.Dimension;
        classes = tied?.Tokens ?? classes;
        switch (Below(tied is null ? 5 : 2))
        {
            case 0:
                if (tied is not null)
                {
                    _layers.Add(Linear(Top, tied.Width));
                }

                _layers.Add(new SoftmaxSpec("Next", classes) { TiedTo = tied?.Name, InputDropout = rate, InputPattern = Pattern(rate), IgnoreIndex = ignored, LabelSmoothing = Chance(3) ? 0.2 : 0, Dimension = dimension });
                break;
            case 1:
                _layers.Add(new MixtureSpec("Next", classes)
                {
                    TiedTo = tied?.Name,
                    ContextWidth = tied?.Width ?? (Chance(2) ? 0 : Units()),
                    Experts = Between(1, 5),
                    InputDropout = rate,
                    InputPattern = Pattern(rate),
                    LatentDropout = latent,
                    LatentPattern = Pattern(latent),
                    IgnoreIndex = ignored,
                    Dimension = dimension,
                });
                break;
            case 2:
                _layers.Add(new CrfSpec("Next", Between(2, 19)) { InputDropout = rate, InputPattern = Pattern(rate) });
                break;
            case 3:
                _layers.Add(new ClassificationSpec("Next", classes) { InputDropout = rate, InputPattern = Pattern(rate), IgnoreIndex = ignored });
                break;
            default:
                _layers.Add(new RegressionSpec("Next", Between(1, 4)) { InputDropout = rate, InputPattern = Pattern(rate) });
                break;
        }
    }

    private void AddTranslator()
    {
        int classes = Between(4, 39), width = Units();
        AddSide("Source", 7, width);
        LstmSpec encoder = Lstm(Units(), Direction.Forward);
        _layers.Add(encoder);
        AddSide("Target", classes, width);
        string below = Top;
        bool startsThere = !Chance(4), attends = !startsThere || !Chance(4), feeds = attends && Chance(2);
        AttentionScore score = Any(Enum.GetValues<AttentionScore>());
        LstmSpec decoder = Lstm(startsThere || score == AttentionScore.Dot ? encoder.Units : Units(), Direction.Forward) with { InitialState = startsThere ? encoder.Name : null };
        decoder = decoder with
        {
            Layers = startsThere ? encoder.Layers : decoder.Layers,
            Feedback = feeds ? "L" + (_layers.Count + 1) : null,
            ActivationPenalty = feeds ? 0 : decoder.ActivationPenalty,
            TemporalPenalty = feeds ? 0 : decoder.TemporalPenalty,
        };
        _layers.Add(decoder);
        if (attends)
        {
            double rate = Rate();
            _layers.Add(new AttentionSpec(Name, encoder.Name) { Score = score, OutputDropout = rate, OutputPattern = Pattern(rate) });
        }

        if (Chance(3))
        {
            string top = Top;
            _layers.Add(Linear(Chance(2) ? top : decoder.Name, Units()));
            _layers.Add(new ConcatSpec(Name, attends ? [top, Top, decoder.Name] : [top, Top]));
        }

        if (Chance(5))
        {
            _layers.Add(new ConcatSpec(Name, Top, below));
        }

        bool isTied = Chance(3) && _layers.OfType<EmbeddingSpec>().Last().Trainable;
        if (isTied)
        {
            _layers.Add(Linear(Top, width));
        }

        double input = Rate();
        _layers.Add(new SoftmaxSpec("Next", classes) { Predicts = "Target", TiedTo = isTied ? "Target" : null, InputDropout = input, InputPattern = Pattern(input), IgnoreIndex = Chance(2) ? 0 : -1, LabelSmoothing = Chance(3) ? 0.2 : 0 });
    }

    /// <summary>The words of a side, and what may stand between them and its main layer.</summary>
    private void AddSide(string name, int tokens, int width)
    {
        _layers.Add(new EmbeddingSpec(name, tokens, width) { WordDropout = Chance(3) ? 0.3 : 0, OutputDropout = Rate(), Trainable = !Chance(4) });
        if (Chance(4))
        {
            _layers.Add(Linear(Top, Units()));
        }

        if (Chance(4))
        {
            _layers.Add(Lstm(Units(), Direction.Forward));
        }
    }

    private LstmSpec Lstm(int units, Direction direction)
    {
        double input = Rate(), output = Rate(), recurrent = Rate(), weights = recurrent == 0 ? Rate() : 0;
        bool mayPenalize = direction == Direction.Forward;
        return new LstmSpec(Name, units)
        {
            Layers = Chance(3) ? 2 : 1,
            Direction = direction,
            InputDropout = input,
            InputPattern = Pattern(input),
            OutputDropout = output,
            OutputPattern = Pattern(output),
            RecurrentDropout = recurrent,
            RecurrentPattern = Pattern(recurrent),
            WeightDropout = weights,
            WeightPattern = Pattern(weights),
            ActivationPenalty = mayPenalize && Chance(4) ? 2 : 0,
            TemporalPenalty = mayPenalize && Chance(4) ? 1.5 : 0,
        };
    }

    private LinearSpec Linear(string from, int units)
    {
        double input = Rate(), output = Rate();
        return new LinearSpec(Name, units, Any(Enum.GetValues<Activation>())) { From = from, InputDropout = input, InputPattern = Pattern(input), OutputDropout = output, OutputPattern = Pattern(output) };
    }

    private string? Late() => Chance(3) ? "Size" + _layers.Count : null;

    private double Rate() => Chance(2) ? 0 : 0.2 + (0.1 * Below(5));

    private DropoutPattern? Pattern(double rate) => rate == 0 || !Chance(3) ? null : Any(Patterns);

    private int Units() => Chance(5) ? Between(9, 39) : Between(3, 8);

    private bool Chance(int of) => _random.Next(of) == 0;

    private int Below(int end) => _random.Next(end);

    private int Between(int least, int most) => _random.Next(least, most + 1);

    private T Any<T>(params T[] items) => items[_random.Next(items.Length)];
}
