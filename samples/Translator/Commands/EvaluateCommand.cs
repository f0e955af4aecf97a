using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using SdCompiler.Samples.Shared;
using SdCompiler.Samples.Translator.Data;
using SdCompiler.Samples.Translator.Models;
using SdCompiler.Samples.Translator.Training;
using SdCompiler.Samples.Translator.Decoding;
using SdCompiler.Samples.Translator.Vocabulary;

namespace SdCompiler.Samples.Translator.Commands;

/// <summary>Measures perplexity and BLEU of a checkpoint on a text.</summary>
internal sealed class EvaluateCommand(CommandContext context)
{
    public int Run(EvaluateRequest request)
    {
        BeamSettings beam = request.Search.Settings();
        SavedModel saved = SavedModel.Open(request.Checkpoint);
        IReadOnlyList<EncodedPair> pairs = TranslationData.LoadPart(saved.Complete(request.Data), request.Part, saved.Coding);
        TranslationModel model = saved.Load();
        using (ModelTrainer trainer = model.CreateTrainer(new Sgd(), Dropout.Dense, new TrainerOptions { Threads = request.Threads ?? 0 }))
        {
            Evaluation result = trainer.Evaluate(pairs);
            int longer = pairs.Count(pair => pair.Steps > saved.Entry.Plan.TimeSteps);
            string leftOut = longer == 0 ? "" : $"; {longer} pairs longer than the model's window left out";
            int unknown = pairs.Where(pair => pair.Steps <= saved.Entry.Plan.TimeSteps).Sum(pair => pair.Target.Count(id => id == SpecialTokens.UnknownId));
            context.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{saved.Entry.Name}, {saved.Settings.Languages}, {DropoutNames.Text(saved.Settings.Variant)}, after {saved.Checkpoint.StepCount:#,0} steps: {request.Part.Name} perplexity {result.Perplexity:0.00} ({result.MeanLoss:0.0000} nats per token, {result.Targets:#,0} tokens, {unknown:#,0} of them {SpecialTokens.Unknown}{leftOut})"));
            context.Output.Flush();
        }

        TextTranslator translator = new(saved.Coding, model.CreateTranslator(request.Threads ?? 0), beam);
        TestScore score = TestScore.Of(translator, pairs, context.Stop);
        if (request.Output is not null)
        {
            LineOutput.Write(score.Translations.Select(words => string.Join(' ', words)), request.Output, context);
        }

        context.Output.WriteLine(score.Line(beam));
        return ExitCodes.Success;
    }
}
