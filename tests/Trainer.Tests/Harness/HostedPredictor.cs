using System;
using System.Reflection;
using SdCompiler.Trainer.Tests.Reference;

namespace SdCompiler.Trainer.Tests.Harness;

/// <summary>A compiled predictor. Spans do not pass through reflection, so its generic members are called through a typed helper.</summary>
internal sealed class HostedPredictor(HostedModel model, object predictor)
{
    /// <summary>The predictor itself.</summary>
    public object Object => predictor;

    /// <summary>Numbers of one output.</summary>
    public int OutputWidth => (int)predictor.GetType().GetProperty(nameof(LstmPredictor<TokenBatch>.OutputWidth))!.GetValue(predictor)!;

    /// <summary>Threads of a call.</summary>
    public int Threads
    {
        get => (int)predictor.GetType().GetProperty(nameof(LstmPredictor<TokenBatch>.Threads))!.GetValue(predictor)!;
        set => predictor.GetType().GetProperty(nameof(LstmPredictor<TokenBatch>.Threads))!.SetMethod!.InvokeUnwrapped(predictor, value);
    }

    /// <summary>A state of zeros.</summary>
    public LstmState CreateState(int rows) => (LstmState)predictor.GetType().GetMethod("CreateState")!.InvokeUnwrapped(predictor, rows)!;

    /// <summary>Log-probabilities or numbers of a window.</summary>
    public float[] Predict(ReferenceWindow window, LstmState state)
    {
        LstmBatch batch = model.Batch(window);
        bool perStep = model.Source.Spec.Loss is not ClassificationSpec;
        float[] outputs = new float[(perStep ? window.Steps : 1) * window.Rows * OutputWidth];
        typeof(HostedPredictor).GetMethod(nameof(Call), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(batch.GetType()).InvokeUnwrapped(null, predictor, batch, state, outputs);
        return outputs;
    }

    /// <summary>Log-probabilities or numbers of whole sentences.</summary>
    public float[] Predict(ReferenceWindow window)
    {
        LstmBatch batch = model.Batch(window);
        bool perStep = model.Source.Spec.Loss is not ClassificationSpec;
        float[] outputs = new float[(perStep ? window.Steps : 1) * window.Rows * OutputWidth];
        typeof(HostedPredictor).GetMethod(nameof(CallSentences), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(batch.GetType()).InvokeUnwrapped(null, predictor, batch, outputs);
        return outputs;
    }

    /// <summary>The best tags of whole sentences.</summary>
    public int[] Tag(ReferenceWindow window)
    {
        LstmBatch batch = model.Batch(window);
        int[] tags = new int[window.Steps * window.Rows];
        typeof(HostedPredictor).GetMethod(nameof(CallTag), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(batch.GetType()).InvokeUnwrapped(null, predictor, batch, tags);
        return tags;
    }

    private static void CallTag<TBatch>(object predictor, TBatch batch, int[] tags) =>
        predictor.GetType().GetMethod("Tag")!.CreateDelegate<Tagging<TBatch>>(predictor)(batch, tags);

    private static void CallSentences<TBatch>(SentencePredictor<TBatch> predictor, TBatch batch, float[] outputs)
        where TBatch : LstmBatch => predictor.Predict(batch, outputs);

    private delegate void Tagging<TBatch>(TBatch batch, Span<int> tags);

    private static void Call<TBatch>(LstmPredictor<TBatch> predictor, TBatch batch, LstmState state, float[] outputs)
        where TBatch : LstmBatch => predictor.Predict(batch, state, outputs);
}
