using System.Collections.Generic;
using System.Linq;
using SdCompiler.Generator.Graph;

namespace SdCompiler.Generator.Emit;

/// <summary>The expression that makes a model's runtime plan.</summary>
internal static class PlanSource
{
    public static string Of(EmitPlan plan)
    {
        SourceWriter writer = new();
        writer.Line("new global::SdCompiler.ModelPlan(");
        using (writer.Indented())
        {
            writer.Line($"{Text.Quote(plan.Name)},");
            writer.Line($"{Text.Of(plan.Model.BatchSize)},");
            writer.Line($"{Text.Of(plan.Model.TimeSteps)},");
            writer.Line($"{WindowSource.Array("string", plan.Model.Dimensions.Select(dimension => Text.Quote(NameTable.Plain(dimension.Name))))},");
            writer.Line($"{Parameters(plan).ToSource()},");
            writer.Line($"new global::SdCompiler.VariantPlan[]");
            writer.Line("{");
            using (writer.Indented())
            {
                foreach (VariantPlan variant in plan.Variants)
                {
                    Write(plan, variant, writer);
                }
            }

            writer.Line("})");
        }

        return writer.ToString().TrimEnd('\n');
    }

    /// <summary>How many trainable numbers the model has.</summary>
    public static Formula Parameters(EmitPlan plan)
    {
        Formula sum = new(plan.Model.Dimensions);
        foreach (ParameterInfo parameter in plan.Shared.Parameters)
        {
            sum.AddProduct(parameter.Rows, parameter.Columns);
        }

        return sum;
    }

    private static string LateBuffer(EmitPlan plan, LstmGraph graph, Value late)
    {
        int index = plan.Model.Dimensions.TakeWhile(dimension => dimension.Name != late.Width.Dimension).Count();
        int steps = late.Extent == ValueExtent.Once ? 1 : graph.TimeSteps;
        return $"new global::SdCompiler.Runtime.LateBuffer({Text.Of(index)}, {Text.Of(steps)}, {Text.Of(graph.BatchSize * late.RowsEach)}){LateShape(late, "global::SdCompiler.Runtime.")}";
    }

    /// <summary>What makes a late buffer another one than logits, of which a chunk of steps is enough.</summary>
    /// <param name="late">The value.</param>
    /// <param name="runtime">The qualification of the runtime's names.</param>
    public static string LateShape(Value late, string runtime = "") => late.Layout == ValueLayout.TagScores
        ? $" {{ Shape = {runtime}LateShape.TagScores }}"
        : late.Extent == ValueExtent.Steps ? $" {{ Shape = {runtime}LateShape.Window }}" : string.Empty;

    private static void Write(EmitPlan plan, VariantPlan variant, SourceWriter writer)
    {
        LstmGraph graph = variant.Body.Graph;
        writer.Line("new global::SdCompiler.VariantPlan(");
        using (writer.Indented())
        {
            writer.Line($"{Text.Quote(variant.Variant.Name)},");
            writer.Line($"{Text.Of(variant.IsExact)},");
            foreach (Phase phase in new[] { Phase.Forward, Phase.Backward, Phase.WeightGradient })
            {
                PhaseCost cost = PhaseCost.Of(plan, variant, phase);
                List<string> extras = Extras(graph, cost);
                writer.Line("new global::SdCompiler.PhasePlan(");
                using (writer.Indented())
                {
                    writer.Line($"{Text.Quote(cost.Form)},");
                    writer.Line($"{cost.DensePerRowStep.ToSource()},");
                    writer.Line($"{cost.DensePerRow.ToSource()},");
                    writer.Line($"{cost.KeptPerRowStep.ToSource()},");
                    writer.Line($"{cost.KeptPerRow.ToSource()}){(extras.Count > 0 ? string.Empty : ",")}");
                }

                if (extras.Count > 0)
                {
                    writer.Line($"{{ {string.Join(", ", extras)} }},");
                }
            }

            writer.Line($"{Text.Of(graph.WorkspaceFloats)}L,");
            writer.Line(WindowSource.Array(
                "global::SdCompiler.Runtime.LateBuffer",
                graph.Values.Where(value => !value.Width.IsConstant).Select(late => LateBuffer(plan, graph, late))) + "),");
        }
    }

    /// <summary>What a phase costs beside rows and steps of the window: characters, and steps of a source.</summary>
    private static List<string> Extras(LstmGraph graph, PhaseCost cost)
    {
        List<string> extras = new();
        if (cost.PerCharacter.Count > 0)
        {
            IEnumerable<string> characters = cost.PerCharacter.OrderBy(item => graph.Layers.IndexOf(item.Layer)).Select(item =>
                $"new global::SdCompiler.CharacterCost({Text.Quote(item.Layer.Label)}, {Text.Of(item.Layer.Declared.Characters!.MaximumLength)}, {Text.Of(item.Dense)}L, {Text.Of(item.Kept)}L)");
            extras.Add($"Characters = {WindowSource.Array("global::SdCompiler.CharacterCost", characters)}");
        }

        if (cost.DensePerSourceStep != 0 || cost.PerPair != 0)
        {
            extras.Add($"Source = new global::SdCompiler.SourceCost({Text.Of(graph.TimeSteps)}, {Text.Of(cost.DensePerSourceStep)}L, {Text.Of(cost.KeptPerSourceStep)}L, {Text.Of(cost.PerPair)}L)");
        }

        return extras;
    }
}
