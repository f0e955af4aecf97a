using System;

namespace SdCompiler.Samples.LanguageModel.Training;

/// <summary>Measures a trainer's model on one text, every token predicted once with the state carried from its past.</summary>
internal sealed class TextEvaluator
{
    private readonly EvaluationStreams _streams;
    private readonly TokenTrainer _trainer;
    private readonly LstmState _state;

    /// <summary>Lays the text out.</summary>
    /// <param name="tokens">The text.</param>
    /// <param name="vocabulary">Its words.</param>
    /// <param name="trainer">Whose model it measures; training may go on between measurements.</param>
    public TextEvaluator(ReadOnlySpan<int> tokens, Vocabulary vocabulary, TokenTrainer trainer)
    {
        _streams = new EvaluationStreams(tokens, vocabulary.EndOfSentenceId, trainer.BatchSize);
        _trainer = trainer;
        _state = trainer.CreateState(_streams.Rows);
    }

    /// <summary>The loss with the weights as they are now.</summary>
    public Evaluation Run()
    {
        _state.Reset();
        return _trainer.Evaluate(_streams.Inputs, _streams.Targets, _streams.Rows, _state);
    }
}
