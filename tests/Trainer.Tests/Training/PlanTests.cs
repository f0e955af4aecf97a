using System;
using System.Linq;
using SdCompiler.Trainer.Tests.Harness;
using SdCompiler.Trainer.Tests.Reference;
using Xunit;

namespace SdCompiler.Trainer.Tests.Training;

/// <summary>The plan foretells what a step executes: counted, not timed.</summary>
public sealed class PlanTests
{
    private static readonly TrainerOptions One = new() { Threads = 1 };

    [Fact]
    public void Executed_multiply_adds_equal_the_plan()
    {
        foreach (ModelSource source in TrainingModels.All)
        {
            HostedModel model = TrainingModels.Compiled.Create(source);
            foreach (VariantPlan plan in model.Plan.Variants.Where(variant => variant.IsExact))
            {
                using HostedTrainer trainer = model.CreateTrainer(variant: plan.Name.Length == 0 ? null : plan.Name, options: new TrainerOptions { Threads = 2 });
                for (int step = 0; step < 6; step++)
                {
                    ReferenceWindow window = TrainingModels.Window(source, step);
                    long before = trainer.Trainer.MultiplyAdds;
                    trainer.Step(window);
                    long planned = plan.Kept([.. source.Dimensions.Select(dimension => dimension.Value)], window.Lengths.Sum(), window.Rows, Characters(source.Spec, window), Source(source.Spec, window));
                    Assert.True(trainer.Trainer.MultiplyAdds - before == planned, $"{source.Name} {plan.Name}, step {step}: executed {trainer.Trainer.MultiplyAdds - before}, planned {planned}");
                }
            }
        }
    }

    [Fact]
    public void Sources_without_a_length_have_the_most_steps()
    {
        ModelSource source = TrainingModels.Translator;
        VariantPlan plan = TrainingModels.Compiled.Create(source).Plan.Variant("Structured");
        long most = 3 * source.TimeSteps;
        Assert.Equal(plan.Kept([], 7, 3), plan.Kept([], 7, 3, [], new SourceSize(most, 7 * source.TimeSteps)));
        Assert.Equal(plan.Dense([], 7, 3), plan.Dense([], 7, 3, [], new SourceSize(most, 7 * source.TimeSteps)));
        Assert.True(plan.Dense([], 7, 3, [], new SourceSize(3, 7)) < plan.Dense([], 7, 3));
        Assert.True(plan.Kept([], 7, 3, [], new SourceSize(3, 7)) < plan.Dense([], 7, 3, [], new SourceSize(3, 7)));
    }

    [Fact]
    public void A_full_window_costs_what_the_figures_say()
    {
        ModelSource source = TrainingModels.Language;
        HostedModel model = TrainingModels.Compiled.Create(source);
        using HostedTrainer trainer = model.CreateTrainer(variant: "Structured", options: One);
        trainer.Step(TestData.Window(source.Spec, source.TimeSteps, source.BatchSize, seed: 1));
        PlanFigures figures = model.Plan.Evaluate("Structured");
        Assert.Equal(figures.ForwardKept + figures.BackwardKept + figures.WeightGradientKept, trainer.Trainer.MultiplyAdds);
        Assert.Equal(figures.WorkspaceBytes, trainer.Trainer.WorkspaceBytes);
        Assert.Equal(model.Parameters.Count, figures.Parameters);
    }

    [Fact]
    public void The_dense_variant_costs_what_the_plan_calls_dense()
    {
        ModelSource source = TrainingModels.Language;
        HostedModel model = TrainingModels.Compiled.Create(source);
        using HostedTrainer trainer = model.CreateTrainer(variant: "Dense", options: One);
        trainer.Step(TestData.Window(source.Spec, source.TimeSteps, source.BatchSize, seed: 1));
        Assert.Equal(model.Plan.Variant("Structured").Dense([], source.TimeSteps * source.BatchSize, source.BatchSize), trainer.Trainer.MultiplyAdds);
    }

    [Fact]
    public void Smaller_batches_and_shorter_windows_cost_less_in_proportion()
    {
        ModelSource source = TrainingModels.Language;
        using HostedTrainer trainer = TrainingModels.Compiled.Create(source).CreateTrainer(variant: "Structured", options: One);
        long full = Cost(trainer, source.TimeSteps, source.BatchSize);
        Assert.Equal(full, 4 * Cost(trainer, source.TimeSteps, 1));
        long one = Cost(trainer, 1, source.BatchSize);
        long two = Cost(trainer, 2, source.BatchSize);
        long three = Cost(trainer, 3, source.BatchSize);
        Assert.Equal(two - one, three - two);
        Assert.Equal(full, one + ((source.TimeSteps - 1) * (two - one)));
    }

    [Fact]
    public void Bernoulli_masks_cost_what_the_plan_expects_on_average()
    {
        ModelSource source = TrainingModels.Language;
        HostedModel model = TrainingModels.Compiled.Create(source);
        VariantPlan plan = model.Plan.Variant("Bernoulli");
        Assert.False(plan.IsExact);
        using HostedTrainer trainer = model.CreateTrainer(variant: "Bernoulli", options: One);
        ReferenceWindow window = TestData.Window(source.Spec, source.TimeSteps, source.BatchSize, seed: 1);
        const int Steps = 200;
        for (int step = 0; step < Steps; step++)
        {
            trainer.Step(window);
        }

        double ratio = trainer.Trainer.MultiplyAdds / ((double)Steps * plan.Kept([], source.TimeSteps * source.BatchSize, source.BatchSize));
        Assert.InRange(ratio, 0.97, 1.03);
    }

    [Fact]
    public void Words_of_the_most_characters_cost_what_the_figures_say_and_shorter_ones_less()
    {
        ModelSource source = TrainingModels.Spelling;
        HostedModel model = TrainingModels.Compiled.Create(source);
        using HostedTrainer trainer = model.CreateTrainer(variant: "Structured", options: One);
        ReferenceWindow window = TestData.Window(source.Spec, source.TimeSteps, source.BatchSize, seed: 1);
        trainer.Step(window);
        long some = trainer.Trainer.MultiplyAdds;
        Array.Fill(window.Characters["Letters"], 3);
        trainer.Step(window);
        PlanFigures figures = model.Plan.Evaluate("Structured", 20);
        Assert.Equal(figures.Kept, trainer.Trainer.MultiplyAdds - some);
        Assert.Equal(figures.WorkspaceBytes, trainer.Trainer.WorkspaceBytes);
        Assert.True(some < figures.Kept);
        CharacterCost cost = Assert.Single(model.Plan.Variant("Structured").Forward.Characters);
        Assert.Equal(new CharacterCost("Letters", 9, 12 * 37 * 3, 6 * 37 * 3), cost);
    }

    /// <summary>How many characters the running words have, for each layer over characters.</summary>
    private static long[] Characters(ModelSpec spec, ReferenceWindow window) => [.. spec.Layers.OfType<CharacterSpec>().Select(layer =>
        window.Characters[layer.Name].Chunk(layer.MaximumLength).Where((_, cell) => window.Has(cell / window.Rows, cell % window.Rows)).Sum(word => (long)word.Count(character => character >= 0)))];

    private static long Cost(HostedTrainer trainer, int steps, int rows)
    {
        long before = trainer.Trainer.MultiplyAdds;
        trainer.Step(TestData.Window(trainer.Model.Source.Spec, steps, rows, seed: 1));
        return trainer.Trainer.MultiplyAdds - before;
    }

    private static SourceSize? Source(ModelSpec spec, ReferenceWindow window) => spec.HasSource
        ? new SourceSize(window.SourceLengths.Sum(), window.SourceLengths.Zip(window.Lengths, (source, target) => (long)source * target).Sum())
        : null;
}
