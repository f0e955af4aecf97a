using System.Collections.Generic;

namespace SdCompiler.Samples.GpuCheck.Models;

/// <summary>Every model of this program.</summary>
internal static class ModelCatalog
{
    /// <summary>The model that is measured only where it is asked for.</summary>
    public const string TinyName = "tiny";

    private const int Words = 10_000;
    private const int TinyWords = 50;
    private const int NarrowWords = 11;

    /// <summary>Small models of awkward and of even shapes, and one of the size that is trained: what is verified.</summary>
    public static IReadOnlyList<CheckModel> Verified { get; } =
    [
        new("narrow", 4, 5, NarrowWords, seed => Of(new Narrow(NarrowWords, seed))),
        new("uneven", 45, 6, 50, seed => Of(new Uneven(seed))),
        new("even", 16, 8, 96, seed => Of(new Even(seed))) { Regimes = [Regime.Structured] },
        new("broad", 8, 4, 1000, seed => Of(new Broad(seed))),
        new("sensors", 6, 7, 0, seed => Of(new Sensors(seed))),
        new("medium", 20, 35, Words, seed => Of(new Medium20(Words, seed))) { CheckedSteps = 2, MostSeeds = 1 },
    ];

    /// <summary>The models whose steps are measured.</summary>
    public static IReadOnlyList<CheckModel> Measured { get; } =
    [
        new("medium", 20, 35, Words, seed => Of(new Medium20(Words, seed))) { Units = 650 },
        new("medium", 64, 35, Words, seed => Of(new Medium64(Words, seed))) { Units = 650 },
        new("medium", 256, 35, Words, seed => Of(new Medium256(Words, seed))) { Units = 650 },
        new("large", 20, 35, Words, seed => Of(new Large20(Words, seed))) { Units = 1500 },
        new("large", 64, 35, Words, seed => Of(new Large64(Words, seed))) { Units = 1500 },
        new("large", 256, 35, Words, seed => Of(new Large256(Words, seed))) { Units = 1500 },
        new("h1150", 20, 35, Words, seed => Of(new Wide20(Words, seed))) { Units = 1150 },
        new("h1150", 64, 35, Words, seed => Of(new Wide64(Words, seed))) { Units = 1150 },
        new("h1150", 256, 35, Words, seed => Of(new Wide256(Words, seed))) { Units = 1150 },
        new(TinyName, 20, 5, TinyWords, seed => Of(new Tiny(TinyWords, seed))) { Units = 16 },
    ];

    private static CheckInstance Of(Medium20 model) => new(model.Parameters, (optimizer, regime, options) => Tokens(model.CreateTrainer(optimizer, regime, options)));

    private static CheckInstance Of(Medium64 model) => new(model.Parameters, (optimizer, regime, options) => Tokens(model.CreateTrainer(optimizer, regime, options)));

    private static CheckInstance Of(Medium256 model) => new(model.Parameters, (optimizer, regime, options) => Tokens(model.CreateTrainer(optimizer, regime, options)));

    private static CheckInstance Of(Large20 model) => new(model.Parameters, (optimizer, regime, options) => Tokens(model.CreateTrainer(optimizer, regime, options)));

    private static CheckInstance Of(Large64 model) => new(model.Parameters, (optimizer, regime, options) => Tokens(model.CreateTrainer(optimizer, regime, options)));

    private static CheckInstance Of(Large256 model) => new(model.Parameters, (optimizer, regime, options) => Tokens(model.CreateTrainer(optimizer, regime, options)));

    private static CheckInstance Of(Wide20 model) => new(model.Parameters, (optimizer, regime, options) => Tokens(model.CreateTrainer(optimizer, regime, options)));

    private static CheckInstance Of(Wide64 model) => new(model.Parameters, (optimizer, regime, options) => Tokens(model.CreateTrainer(optimizer, regime, options)));

    private static CheckInstance Of(Wide256 model) => new(model.Parameters, (optimizer, regime, options) => Tokens(model.CreateTrainer(optimizer, regime, options)));

    private static CheckInstance Of(Tiny model) => new(model.Parameters, (optimizer, regime, options) => Tokens(model.CreateTrainer(optimizer, regime, options)));

    private static CheckInstance Of(Narrow model) => new(model.Parameters, (optimizer, regime, options) => Tokens(model.CreateTrainer(optimizer, regime, options)));

    private static CheckInstance Of(Uneven model) => new(model.Parameters, (optimizer, regime, options) => Tokens(model.CreateTrainer(optimizer, regime, options)));

    private static CheckInstance Of(Even model) => new(model.Parameters, (optimizer, _, options) => Tokens(model.CreateTrainer(optimizer, options)));

    private static CheckInstance Of(Broad model) => new(model.Parameters, (optimizer, regime, options) => Tokens(model.CreateTrainer(optimizer, regime, options)));

    private static CheckInstance Of(Sensors model) => new(
        model.Parameters,
        (optimizer, regime, options) => CheckTrainer.Of(model.CreateTrainer(optimizer, regime, options), window => new Sensors.Batch { Readings = window.Numbers, Targets = window.TargetNumbers }));

    private static CheckTrainer Tokens(TokenTrainer trainer) => CheckTrainer.Of(trainer, window => new TokenBatch { Inputs = window.Tokens, Targets = window.TargetTokens });
}
