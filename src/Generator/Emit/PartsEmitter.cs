using System.Collections.Generic;
using System.Linq;
using SdCompiler.Generator.Graph;
using SdCompiler.Generator.Model;
using SdCompiler.Generator.Passes;

namespace SdCompiler.Generator.Emit;

/// <summary>Emits the factories of parameters and of each variant's body.</summary>
internal static class PartsEmitter
{
    /// <param name="plan">The plan for the CPU, which every model has.</param>
    /// <param name="cuda">The plan for CUDA, or null.</param>
    /// <param name="writer">Where to.</param>
    public static void Emit(EmitPlan plan, EmitPlan? cuda, SourceWriter writer)
    {
        writer.Line("/// <summary>Makes the model's parameters, and the training body of each variant.</summary>");
        writer.Line(Code.Attribute);
        using (writer.Block($"file static class {plan.PartsClass}"))
        {
            EmitParameters(plan, writer);
            EmitFirstValues(plan, writer);
            foreach (VariantPlan variant in plan.Variants)
            {
                EmitBody(plan, variant, writer);
            }

            foreach (VariantPlan variant in cuda?.Variants ?? [])
            {
                EmitBody(plan, variant, writer);
            }
        }
    }

    private static void EmitParameters(EmitPlan plan, SourceWriter writer)
    {
        string dimensions = string.Concat(plan.Model.Dimensions.Select(dimension => $"int {dimension.Parameter}, "));
        using (writer.Block($"public static ModelParameters CreateParameters({dimensions}long seed)"))
        {
            foreach (DimensionModel dimension in plan.Model.Dimensions)
            {
                int least = plan.Shared.LossLayer.Declared.Width.Dimension == dimension.Name && plan.Shared.LossLayer.Declared.Kind != LayerKind.Regression ? 2 : 1;
                writer.Line($"global::System.ArgumentOutOfRangeException.ThrowIfLessThan({dimension.Parameter}, {least});");
                if (plan.Shared.LossLayer.Declared is { Kind: LayerKind.Crf } crf && crf.Width.Dimension == dimension.Name)
                {
                    writer.Line($"global::System.ArgumentOutOfRangeException.ThrowIfGreaterThan({dimension.Parameter}, {Text.Of(Limits.Tags)});");
                }
            }

            writer.Line("return new ModelParameters(");
            using (writer.Indented())
            {
                writer.Line("seed,");
                writer.Line("new Parameter[]");
                writer.Line("{");
                using (writer.Indented())
                {
                    foreach (ParameterInfo parameter in plan.Shared.Parameters)
                    {
                        writer.Line(New(plan, parameter) + ",");
                    }
                }

                writer.Line("})");
            }

            writer.Line("{");
            using (writer.Indented())
            {
                IEnumerable<string> sizes = plan.Model.Dimensions.Select(dimension => $"new ModelDimension({Text.Quote(NameTable.Plain(dimension.Name))}, {dimension.Parameter})");
                IEnumerable<string> ties = plan.Shared.Parameters.Where(parameter => parameter.TiedName is not null)
                    .Select(parameter => $"new TiedName({Text.Quote(parameter.TiedName!)}, {Text.Quote(parameter.Name)})");
                writer.Line($"Identity = new ModelIdentity({Text.Quote(plan.Name)}, {WindowSource.Array("ModelDimension", sizes)}, {WindowSource.Array("TiedName", ties)}),");
            }

            writer.Line("};");
        }
    }

    private static string New(EmitPlan plan, ParameterInfo parameter)
    {
        string name = Text.Quote(parameter.Name);
        string columns = Argument(plan, parameter.Columns);
        string order = parameter.Kind is ParameterKind.GateMatrix or ParameterKind.GateVector ? "ColumnOrder.Gates" : "ColumnOrder.Plain";
        return parameter.Kind switch
        {
            ParameterKind.Table => $"new TableParameter({name}, {Argument(plan, parameter.Rows)}, {columns}){(parameter.IsFrozen ? " { IsFrozen = true }" : string.Empty)}",
            ParameterKind.Matrix when parameter.Taps > 1 || parameter.Role == "ConvolutionWeight" =>
                $"MatrixParameter.Convolution({name}, {Argument(plan, parameter.Rows)}, {Text.Of(parameter.Columns.Constant / parameter.Taps)}, {Text.Of(parameter.Taps)})",
            ParameterKind.Matrix or ParameterKind.GateMatrix => $"new MatrixParameter({name}, {Argument(plan, parameter.Rows)}, {columns}, {order})",
            _ => $"new VectorParameter({name}, {columns}, {order})",
        };
    }

    /// <summary>A size where the constructor's arguments are in scope.</summary>
    private static string Argument(EmitPlan plan, SizeModel size) =>
        size.IsConstant ? Text.Of(size.Constant) : plan.Model.Dimensions.First(dimension => dimension.Name == size.Dimension).Parameter;

    private static void EmitFirstValues(EmitPlan plan, SourceWriter writer)
    {
        writer.Line();
        using (writer.Block("public static void Initialize(ModelParameters parameters)"))
        {
            foreach (ParameterInfo parameter in plan.Shared.Parameters)
            {
                bool gates = parameter.Kind is ParameterKind.GateMatrix or ParameterKind.GateVector;
                string units = gates ? Text.Of(parameter.Columns.Constant / 4) : parameter.Taps > 1 ? Text.Of(parameter.Columns.Constant / parameter.Taps) : Known(plan, parameter.Columns);
                string inputs = parameter.Kind == ParameterKind.Table ? Known(plan, parameter.Rows)
                    : parameter.Role == "Transition" ? units : Text.Of(parameter.Inputs);
                string forget = parameter.Role == "LstmBias" && !double.IsNaN(parameter.ForgetBias) ? $", {Text.Of(parameter.ForgetBias)}" : string.Empty;
                writer.Line(
                    $"parameters.Initialize({Text.Quote(parameter.Name)}, ParameterRole.{parameter.Role}, {inputs}, {units}, "
                    + $"global::SdCompiler.Initializer.{parameter.Initializer}, {Text.Of(parameter.InitialRange)}{forget});");
            }
        }
    }

    /// <summary>A size where only the parameters are in scope.</summary>
    private static string Known(EmitPlan plan, SizeModel size)
    {
        if (size.IsConstant)
        {
            return Text.Of(size.Constant);
        }

        int index = plan.Model.Dimensions.TakeWhile(dimension => dimension.Name != size.Dimension).Count();
        return $"parameters.Identity.Dimensions[{Text.Of(index)}].Value";
    }

    private static void EmitBody(EmitPlan plan, VariantPlan variant, SourceWriter writer)
    {
        string end = variant.Variant.Name.Length == 0 ? ");" : $") {{ Variant = {Text.Quote(NameTable.Plain(variant.Variant.Name))} }};";
        string rates = string.Concat(plan.WordDropouts.Select(layer => ", " + (variant.DropsWords ? Text.Of(plan.Shared.Layers[layer].Declared.WordDropout) + "d" : "0d")));
        writer.Line();
        writer.Line($"public static TrainerBody {variant.Factory}(ModelParameters parameters) => new {variant.Body.ClassName}(");
        using (writer.Indented())
        {
            writer.Line("parameters,");
            if (plan.Shared.Sites.Length == 0)
            {
                writer.Line($"global::System.Array.Empty<MaskSite>(){rates}{end}");
                return;
            }

            writer.Line("new MaskSite[]");
            writer.Line("{");
            using (writer.Indented())
            {
                for (int i = 0; i < plan.Shared.Sites.Length; i++)
                {
                    writer.Line(Site(plan, plan.Shared.Sites[i], variant.Choices[i]) + ",");
                }
            }

            writer.Line($"}}{rates}{end}");
        }
    }

    private static string Site(EmitPlan plan, SiteInfo site, SiteChoice choice)
    {
        string layer = Text.Quote(plan.Shared.Layers[site.Layer].Label);
        string kind = "global::SdCompiler.DropoutSites." + site.Kind;
        string most = site.IsSpelling ? Text.Of(plan.Shared.Layers[site.Layer].Declared.Characters!.MaximumLength) : string.Empty;
        string? rows = site.Kind == DropoutSites.Latent ? Text.Of(plan.Shared.Layers[site.Layer].Declared.Mixture!.Experts) : null;
        return choice.Active
            ? $"new MaskSite({layer}, {Text.Of(site.Layer)}, {(plan.Shared.Layers[site.Layer].IsReverse ? "1" : "0")}, {kind}, {Text.Of(site.Units)}, global::SdCompiler.DropoutPattern.{choice.Pattern}, "
                + $"global::SdCompiler.MaskSampling.{choice.Sampling}, {Text.Of(choice.Kept)}, {Text.Of(site.Dropout.Rate)}d){(site.IsSpelling ? $" {{ Characters = {most} }}" : rows is null ? string.Empty : $" {{ RowsEach = {rows} }}")}"
            : $"MaskSite.None({layer}, {kind}, {Text.Of(site.Units)}{(site.IsSpelling ? ", " + most : rows is null ? string.Empty : ", rowsEach: " + rows)})";
    }
}
