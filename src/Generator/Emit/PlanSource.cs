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
            if (parameter.Rows.IsConstant)
            {
                sum.Add(parameter.Rows.Constant, parameter.Columns);
            }
            else
            {
                sum.Add(parameter.Columns.Constant, parameter.Rows);
            }
        }

        return sum;
    }

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
                writer.Line("new global::SdCompiler.PhasePlan(");
                using (writer.Indented())
                {
                    writer.Line($"{Text.Quote(cost.Form)},");
                    writer.Line($"{cost.DensePerRowStep.ToSource()},");
                    writer.Line($"{cost.DensePerRow.ToSource()},");
                    writer.Line($"{cost.KeptPerRowStep.ToSource()},");
                    writer.Line($"{cost.KeptPerRow.ToSource()}),");
                }
            }

            writer.Line($"{Text.Of(graph.WorkspaceFloats)}L,");
            Value? late = graph.Values.FirstOrDefault(value => !value.Width.IsConstant);
            int steps = late?.Extent == ValueExtent.Once ? 1 : graph.TimeSteps;
            int index = late is null ? 0 : plan.Model.Dimensions.TakeWhile(dimension => dimension.Name != late.Width.Dimension).Count();
            writer.Line(WindowSource.Array(
                "global::SdCompiler.Runtime.LateBuffer",
                late is null ? [] : [$"new global::SdCompiler.Runtime.LateBuffer({Text.Of(index)}, {Text.Of(steps)}, {Text.Of(graph.BatchSize)})"]) + "),");
        }
    }
}
