using System.Collections.Generic;
using System.Linq;
using SdCompiler.Generator.Graph;
using SdCompiler.Generator.Model;
using SdCompiler.Generator.Passes;

namespace SdCompiler.Generator.Emit;

/// <summary>Multiply-adds of one phase of one variant, per row and step and, beyond these, per row and window.</summary>
internal sealed class PhaseCost
{
    private PhaseCost(EquatableArray<DimensionModel> dimensions)
    {
        DensePerRowStep = new(dimensions);
        DensePerRow = new(dimensions);
        KeptPerRowStep = new(dimensions);
        KeptPerRow = new(dimensions);
    }

    public Formula DensePerRowStep { get; }

    public Formula DensePerRow { get; }

    public Formula KeptPerRowStep { get; }

    public Formula KeptPerRow { get; }

    /// <summary>Multiply-adds for each character of a word, by layer: dense and kept.</summary>
    public List<(LayerInfo Layer, long Dense, long Kept)> PerCharacter { get; } = new();

    /// <summary>Multiply-adds for each step of a row's source without dropout.</summary>
    public long DensePerSourceStep { get; private set; }

    /// <summary>Multiply-adds for each step of a row's source that are executed.</summary>
    public long KeptPerSourceStep { get; private set; }

    /// <summary>Multiply-adds for each step of a row's source and each step of its target.</summary>
    public long PerPair { get; private set; }

    /// <summary>What the compiler chose, in words.</summary>
    public string Form { get; private set; } = string.Empty;

    public static PhaseCost Of(EmitPlan plan, VariantPlan variant, Phase phase)
    {
        PhaseCost cost = new(plan.Model.Dimensions);
        LstmGraph graph = variant.Body.Graph;
        List<Node> products = graph.Nodes.Where(node => node.Phase == phase && node.Form != ProductForm.None).ToList();
        foreach (Node node in products)
        {
            ParameterInfo matrix = graph.Parameters[node.Parameters[0]];
            int rows = node.Part?.Rows ?? matrix.Rows.Constant;
            int kept = node.Form == ProductForm.Dense ? rows : variant.Choices[node.Site].Kept;
            Value column = graph.Values[ColumnValue(node)];
            if (graph.IsOfCharacters(column))
            {
                cost.AddCharacters(graph.Layers[graph.InputOf(node.Layer)], (long)rows * matrix.Columns.Constant, (long)kept * matrix.Columns.Constant);
                if (node.Kind == NodeKind.RecurrentCellGradient)
                {
                    // The character that a chain starts with gives no gradient to a state before it, and each row and step has one such character.
                    cost.DensePerRowStep.Add(-rows, matrix.Columns);
                    cost.KeptPerRowStep.Add(-kept, matrix.Columns);
                }

                continue;
            }

            long each = column.RowsEach; // an expert is a row of its own
            if (node.OnSource)
            {
                cost.DensePerSourceStep += rows * each * matrix.Columns.Constant;
                cost.KeptPerSourceStep += kept * each * matrix.Columns.Constant;
            }
            else
            {
                bool perRow = node.Order != LoopOrder.StepByStep && column.Extent == ValueExtent.Once;
                (perRow ? cost.DensePerRow : cost.DensePerRowStep).Add(rows * each, matrix.Columns);
                (perRow ? cost.KeptPerRow : cost.KeptPerRowStep).Add(kept * each, matrix.Columns);
            }

            if ((node.Kind == NodeKind.RecurrentCellGradient && !node.GivesStart) || node.ReadsPrevious)
            {
                // The first step of a window gives no gradient to the state before it, and nothing is fed back to it.
                cost.DensePerRow.Add(-rows, matrix.Columns);
                cost.KeptPerRow.Add(-kept, matrix.Columns);
            }
        }

        foreach (Node node in graph.Nodes.Where(node => node.Phase == phase && node.Kind is NodeKind.Attention or NodeKind.AttentionGradient))
        {
            // Scores and context meet every step of the source; the gradient has two products for each of them.
            bool forward = node.Kind == NodeKind.Attention;
            int width = graph.Values[node.Reads[forward ? 1 : 2]].Width.Constant + graph.Values[node.Reads[forward ? 2 : 3]].Width.Constant;
            cost.PerPair += forward ? width : 2 * width;
        }

        cost.Form = Describe(products, variant);
        return cost;
    }

    /// <summary>Multiply-adds of a full window.</summary>
    public Formula Window(LstmModel model, bool kept)
    {
        Formula sum = new(model.Dimensions);
        sum.Add(kept ? KeptPerRowStep : DensePerRowStep, (long)model.BatchSize * model.TimeSteps);
        sum.Add(kept ? KeptPerRow : DensePerRow, model.BatchSize);
        sum.Add(kept ? KeptPerSourceStep : DensePerSourceStep, SizeModel.Of(model.BatchSize * model.TimeSteps));
        sum.Add(PerPair * model.TimeSteps, SizeModel.Of(model.BatchSize * model.TimeSteps));
        foreach ((LayerInfo layer, long all, long some) in PerCharacter)
        {
            sum.Add((kept ? some : all) * layer.Declared.Characters!.MaximumLength, SizeModel.Of(model.BatchSize * model.TimeSteps));
        }

        return sum;
    }

    /// <summary>Adds to what each character of a layer's words costs.</summary>
    private void AddCharacters(LayerInfo layer, long dense, long kept)
    {
        int index = PerCharacter.FindIndex(item => item.Layer == layer);
        if (index < 0)
        {
            PerCharacter.Add((layer, dense, kept));
            return;
        }

        PerCharacter[index] = (layer, PerCharacter[index].Dense + dense, PerCharacter[index].Kept + kept);
    }

    /// <summary>The value of a product that has its columns.</summary>
    private static int ColumnValue(Node node) => node.Kind switch
    {
        NodeKind.Product => node.Writes[0],
        NodeKind.WeightGradient => node.Reads[1],
        _ => node.Reads[0],
    };

    private static string Describe(List<Node> products, VariantPlan variant)
    {
        List<string> parts = new();
        string form = string.Join(" and ", products
            .Select(node => node.Form != ProductForm.Dense && !variant.Choices[node.Site].Active ? ProductForm.Dense : node.Form)
            .Distinct().OrderByDescending(f => f).Select(f => f switch
            {
                ProductForm.KeptRows => "kept rows",
                ProductForm.KeptOutputs => "kept outputs",
                ProductForm.KeptRowUpdates => "kept row updates",
                _ => "dense",
            }));
        parts.Add(form);
        foreach (LoopOrder order in products.Select(node => node.Order).Distinct().OrderBy(o => o))
        {
            parts.Add(order switch
            {
                LoopOrder.PanelOuterTimeInner => "panel outer, time inner",
                LoopOrder.StepByStep => "chain step by step",
                _ => "loss by chunks of steps",
            });
        }

        return string.Join("; ", parts);
    }
}
