using System;
using System.Collections.Generic;
using SdCompiler.Samples.Shared;
using SdCompiler.Samples.Translator.Data;

namespace SdCompiler.Samples.Translator.Training;

/// <summary>A trainer of any model class of this sample.</summary>
internal abstract class ModelTrainer : IDisposable
{
    /// <summary>The compiled trainer.</summary>
    public abstract LstmTrainer Trainer { get; }

    /// <summary>The loss of pairs, without dropout; those longer than the model's window are left out.</summary>
    public abstract Evaluation Evaluate(IReadOnlyList<EncodedPair> pairs);

    /// <summary>Trains.</summary>
    /// <param name="context">Where the run writes, and what stops it.</param>
    /// <param name="run">What is to be trained, and on what.</param>
    /// <param name="saved">The checkpoint to go on from, or null.</param>
    /// <param name="introduce">Called when the run is ready, before its first step.</param>
    /// <returns>The program's exit code.</returns>
    public abstract int Run(CommandContext context, TranslationRun run, CheckpointReader? saved, Action introduce);

    public void Dispose() => Trainer.Dispose();
}
