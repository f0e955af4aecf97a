using System;
using System.Globalization;
using System.Linq;
using SdCompiler.Samples.LanguageModel.Models;
using SdCompiler.Samples.LanguageModel.Training;
using SdCompiler.Samples.Shared;

namespace SdCompiler.Samples.LanguageModel.Commands;

/// <summary>Measures the perplexity of a checkpoint on a text.</summary>
internal sealed class EvaluateCommand(CommandContext context)
{
    public int Run(EvaluateRequest request)
    {
        SavedModel saved = SavedModel.Open(request.Checkpoint);
        CheckVocabulary(request, saved.Vocabulary);
        int[] tokens = Corpus.LoadSplit(request.Data, request.Split, saved.Vocabulary);
        using TokenTrainer trainer = saved.Load().CreateTrainer(new Sgd(), Dropout.Dense, new TrainerOptions());
        Evaluation result = new TextEvaluator(tokens, saved.Vocabulary, trainer).Run();
        int unknown = saved.Vocabulary.UnknownId < 0 ? 0 : tokens.Count(token => token == saved.Vocabulary.UnknownId);
        string name = request.Split == CorpusSplit.Test ? "test" : "validation";
        context.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{saved.Entry.Name}, {(saved.Entry.HasDropout ? saved.Entry.Text(saved.Settings.Variant) : DropoutNames.Text(Dropout.Dense))}, after {saved.Checkpoint.StepCount:#,0} steps: {name} perplexity {result.Perplexity:0.00} ({result.MeanLoss:0.0000} nats per token, {tokens.Length:#,0} tokens, {unknown:#,0} of them {Vocabulary.UnknownWord})"));
        return ExitCodes.Success;
    }

    /// <summary>Numbers over different vocabularies cannot be compared: a folder whose training text gives other words is refused.</summary>
    private static void CheckVocabulary(EvaluateRequest request, Vocabulary vocabulary)
    {
        if (Corpus.TryFindFile(request.Data, CorpusSplit.Train, out _)
            && Corpus.LoadVocabulary(request.Data) is Vocabulary other
            && !other.Equals(vocabulary))
        {
            throw new UserErrorException($"{request.Data}: the training text there has {other.Count} words and gives another vocabulary than the {vocabulary.Count} words of the checkpoint {request.Checkpoint}; give the folder that the model was trained on.");
        }
    }
}
