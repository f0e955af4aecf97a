using System;
using System.Linq;
using SdCompiler.Trainer.Tests.Harness;
using SdCompiler.Trainer.Tests.Reference;
using SdCompiler.Trainer.Tests.Training;
using Xunit;

namespace SdCompiler.Trainer.Tests.Prediction;

/// <summary>Evaluation of encoder-decoders: batches of any number of pairs, each pair as if it were alone; nothing is cut silently.</summary>
public sealed class TranslatorEvaluationTests
{
    [Fact]
    public void A_batch_of_mixed_lengths_is_the_sum_of_its_pairs()
    {
        foreach (ModelSource source in new[] { TrainingModels.Translator, TrainingModels.Concatenating })
        {
            using HostedTrainer trainer = TrainingModels.Compiled.Create(source).CreateTrainer();
            int[] lengths = [2, 5, 1, 4, 3, 5, 5, 2, 1, 3, 4];
            int[] sources = [5, 1, 3, 5, 2, 4, 1, 3, 5, 2, 2];
            ReferenceWindow window = TestData.Window(source.Spec, 5, lengths.Length, seed: 3, lengths, sources);
            ReferenceResult expected = new ReferenceModel(source.Spec).Run(window, trainer.Model.Values(), NoDropout.Instance);

            Evaluation together = trainer.Evaluate(window);

            Assert.Equal(expected.Loss * lengths.Length, together.TotalLoss, 1e-4);
            double sum = 0;
            for (int row = 0; row < lengths.Length; row++)
            {
                Evaluation alone = trainer.Evaluate(Alone(source.Spec, window, row));
                sum += alone.TotalLoss;
            }

            Assert.Equal(sum, together.TotalLoss, 1e-4);
            Assert.Equal(0, trainer.Trainer.StepCount);
        }
    }

    [Fact]
    public void A_sentence_longer_than_the_model_is_refused_with_the_way_out()
    {
        ModelSource source = TrainingModels.Translator;
        using HostedTrainer trainer = TrainingModels.Compiled.Create(source).CreateTrainer();
        int[] lengths = [1, 7, 2];
        int[] rest = [3, 2, 1];
        foreach (bool isSource in new[] { false, true })
        {
            ReferenceWindow window = TestData.Window(source.Spec, isSource ? 3 : 7, 3, seed: 3, isSource ? rest : lengths, isSource ? lengths : rest);
            string message = $"The batch has a sentence of 7 steps ({(isSource ? "SourceLengths" : "Lengths")}) and the model is compiled for up to 6; each row is one whole sentence and is never cut: raise TimeSteps on the model, split the sentence, or use the predictor, which takes any length.";
            Assert.Equal(message, Assert.Throws<ArgumentException>(() => trainer.Step(window)).Message);
            Assert.Equal(message, Assert.Throws<ArgumentException>(() => trainer.Evaluate(window)).Message);
        }
    }

    [Fact]
    public void Mistakes_in_the_source_are_said_before_anything_is_computed()
    {
        ModelSource source = TrainingModels.Translator;
        HostedModel model = TrainingModels.Compiled.Create(source);
        using HostedTrainer trainer = model.CreateTrainer();
        ReferenceWindow window = TestData.Window(source.Spec, 3, 3, seed: 3, [3, 1, 2], [2, 3, 1]);
        window.Tokens["Source"][3] = 7;
        string message = "'Source' has 7 at step 1, row 0; the 7 tokens of the vocabulary are 0 to 6.";
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => trainer.Step(window)).Message);
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => trainer.Evaluate(window)).Message);
        Assert.Contains("3 rows but 2 lengths", Assert.Throws<ArgumentException>(() => trainer.Step(window with { SourceLengths = [3, 2] })).Message, StringComparison.Ordinal);
        Assert.Contains("3 rows but 2 lengths (SourceLengths)", Assert.Throws<ArgumentException>(() => trainer.Evaluate(window with { SourceLengths = [3, 2] })).Message, StringComparison.Ordinal);
        Assert.StartsWith("Row 1 has length 0 (SourceLengths); ", Assert.Throws<ArgumentException>(() => trainer.Step(window with { SourceLengths = [3, 0, 2] })).Message, StringComparison.Ordinal);
        Assert.StartsWith("Row 1 has length 0 (Lengths); ", Assert.Throws<ArgumentException>(() => trainer.Step(window with { Lengths = [3, 0, 2] })).Message, StringComparison.Ordinal);
        Assert.StartsWith("Row 2 has length -1 (SourceLengths); ", Assert.Throws<ArgumentException>(() => trainer.Evaluate(window with { SourceLengths = [3, 1, -1] })).Message, StringComparison.Ordinal);
        Assert.StartsWith("Row 2 has length -1 (Lengths); ", Assert.Throws<ArgumentException>(() => trainer.Evaluate(window with { Lengths = [3, 1, -1] })).Message, StringComparison.Ordinal);
        Assert.Contains("'Source' has 9 values", Assert.Throws<ArgumentException>(() => trainer.Step(window with { SourceSteps = 4 })).Message, StringComparison.Ordinal);
        Assert.Equal(0, trainer.Trainer.StepCount);
    }

    private static ReferenceWindow Alone(ModelSpec spec, ReferenceWindow window, int row)
    {
        int length = window.Lengths[row], sources = window.SourceLengths[row];
        int[] Column(int[] values, int steps) => Enumerable.Range(0, steps).Select(t => values[(t * window.Rows) + row]).ToArray();
        ReferenceWindow alone = new(length, 1) { SourceSteps = sources, SourceLengths = [sources], TargetTokens = Column(window.TargetTokens, length) };
        alone.Tokens["Source"] = Column(window.Tokens["Source"], sources);
        alone.Tokens["Target"] = Column(window.Tokens["Target"], length);
        return alone;
    }
}
