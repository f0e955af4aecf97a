using System.Collections.Generic;
using System.Linq;
using SdCompiler.Generator.Graph;
using SdCompiler.Generator.Model;

namespace SdCompiler.Generator.Emit;

/// <content>Factories and nested types.</content>
internal sealed partial class FaceEmitter
{
    private void EmitFactories()
    {
        string variant = HasVariants ? $"{_model.VariantsType} variant, " : string.Empty;
        string pass = HasVariants ? "variant, " : string.Empty;
        _writer.Line();
        _writer.Line($"/// <summary>A trainer of this model; dispose it to end its threads{(_model.HasCuda ? ", or to give the GPU's memory back" : string.Empty)}.</summary>");
        _writer.Line("/// <param name=\"optimizer\">How gradients change weights.</param>");
        if (HasVariants)
        {
            _writer.Line("/// <param name=\"variant\">What drops where.</param>");
        }

        _writer.Line("/// <param name=\"options\">How the trainer runs, or null for the defaults.</param>");
        _writer.Line($"public Trainer CreateTrainer({Api}Optimizer optimizer, {variant}{Api}TrainerOptions? options = null) => new Trainer(this, optimizer, {pass}options);");
        if (HasVariants)
        {
            _writer.Line();
            _writer.Line($"{_model.Name}.Trainer {Api}ILstmModel<{_model.Name}, {_model.Name}.Trainer, {Batch}>.CreateTrainer({Api}Optimizer optimizer, {Api}TrainerOptions? options) =>");
            using (_writer.Indented())
            {
                _writer.Line($"new Trainer(this, optimizer, {VariantValue(_plan.Variants[0])}, options);");
            }
        }

        _writer.Line();
        _writer.Line("/// <summary>A predictor of this model: forward computation only, without gradients and optimizer memory, for many threads at once.</summary>");
        _writer.Line(_model.HasSource
            ? "/// <param name=\"rows\">Rows that are computed together: sentences times the width of the beam. A wider beam gets more.</param>"
            : "/// <param name=\"rows\">Rows that are computed together; any number can be asked for.</param>");
        _writer.Line("public Predictor CreatePredictor(int rows = 1) => new Predictor(this, rows);");
    }

    private string VariantValue(VariantPlan variant) => $"{_model.VariantsType}.{variant.Variant.Name}";

    private void EmitTrainer()
    {
        string baseType = _plan.IsTokenModel ? Api + "TokenTrainer" : $"{Api}LstmTrainer<{Batch}>";
        string name = Text.Xml(_model.Name);
        _writer.Line();
        _writer.Line($"/// <summary>Trains <see cref=\"{name}\"/>; specialised for the shapes declared on it.</summary>");
        _writer.Line(Code.Attribute);
        using (_writer.Block($"public sealed class Trainer : {baseType}"))
        {
            string variant = HasVariants ? $"{_model.VariantsType} variant, " : string.Empty;
            string body = HasVariants ? $"CreateBody(model, variant{(_model.HasCuda ? ", options" : string.Empty)})" : Factory(string.Empty);
            using (_writer.Block($"internal Trainer({_model.Name} model, {Api}Optimizer optimizer, {variant}{Api}TrainerOptions? options) : base({body}, optimizer, options)"))
            {
                if (HasVariants)
                {
                    _writer.Line("Variant = variant;");
                }
            }

            if (!HasVariants)
            {
                return;
            }

            _writer.Line();
            _writer.Line("/// <summary>The variant that it trains.</summary>");
            _writer.Line($"public {_model.VariantsType} Variant {{ get; }}");
            _writer.Line();
            using (_writer.Block($"private static {Core}TrainerBody CreateBody({_model.Name} model, {_model.VariantsType} variant{(_model.HasCuda ? $", {Api}TrainerOptions? options" : string.Empty)})"))
            {
                foreach (VariantPlan each in _plan.Variants)
                {
                    using (_writer.Block($"if (variant == {VariantValue(each)})"))
                    {
                        _writer.Line($"return {Factory("_" + NameTable.Plain(each.Variant.Name))};");
                    }
                }

                _writer.Line($"throw new global::System.ArgumentOutOfRangeException(nameof(variant), variant, {Text.Quote($"{_plan.Name} has the variants {string.Join(", ", _plan.Variants.Select(v => v.Variant.Name))}.")});");
            }
        }
    }

    /// <summary>Makes the body of a variant for the backend that the options ask for; a trainer refuses a body of another one.</summary>
    private string Factory(string variant)
    {
        string cpu = $"{Parts}.CreateBody{variant}(model.Parameters)";
        return _model.HasCuda ? $"options is {{ Backend: {Api}Backends.Cuda }} ? {Parts}.CreateCudaBody{variant}(model.Parameters) : {cpu}" : cpu;
    }

    private void EmitBatch()
    {
        LayerModel loss = _plan.Shared.LossLayer.Declared;
        LayerModel[] inputs = _plan.Shared.Inputs.Select(input => _plan.Shared.Layers[input].Declared).ToArray();
        string target = loss.Kind == LayerKind.Regression ? "float" : "int";
        _writer.Line();
        _writer.Line($"/// <summary>{(_model.HasSource ? $"Pairs of sequences for one call of a trainer of <see cref=\"{_model.Name}\"/>" : $"Sequences for one call of a trainer or predictor of <see cref=\"{_model.Name}\"/>")}; reusable. Arrays are time-major.</summary>");
        _writer.Line(Code.Attribute);
        using (_writer.Block($"public sealed class Batch : {Api}{(_model.HasSource ? "TranslationBatch" : "LstmBatch")}"))
        {
            foreach (LayerModel input in inputs)
            {
                bool series = input.Kind == LayerKind.Series;
                string steps = input.IsSource ? "source steps" : "steps";
                string values = input.Characters is CharacterModel word ? $"The characters of each word, [{steps}, rows, {Text.Of(word.MaximumLength)}], -1 behind a word's last"
                    : series ? $"Numbers, [{steps}, rows, {Text.Of(input.Width.Constant)}]" : $"Tokens, [{steps}, rows]";
                _writer.Line($"/// <summary>{values}, time-major.</summary>");
                _writer.Line($"public required global::System.ReadOnlyMemory<{(series ? "float" : "int")}> {input.Name} {{ get; set; }}");
                _writer.Line();
            }

            string shape = loss.Kind switch
            {
                LayerKind.Classification => $"The class of each row, [rows]; {Text.Of(loss.IgnoreIndex)} where there is none",
                LayerKind.Crf => "The tag of each step, [steps, rows]; every step of a row has one",
                LayerKind.Regression => $"What is to be predicted, [steps, rows, {Text.Of(loss.Width.Constant)}]",
                _ => $"The class of each step, [steps, rows]; {Text.Of(loss.IgnoreIndex)} where there is none",
            };
            _writer.Line($"/// <summary>{shape}.{(_model.HasSource ? string.Empty : " A predictor does not read them.")}</summary>");
            _writer.Line($"public global::System.ReadOnlyMemory<{target}> Targets {{ get; set; }}");
            EmitBatchMethods(inputs, loss);
        }
    }

    private void EmitBatchMethods(LayerModel[] inputs, LayerModel loss)
    {
        _writer.Line();
        _writer.Line("/// <inheritdoc/>");
        using (_writer.Block($"public override void CopyTo({Core}WindowWriter writer)"))
        {
            _writer.Line("global::System.ArgumentNullException.ThrowIfNull(writer);");
            for (int i = 0; i < inputs.Length; i++)
            {
                // Inputs are numbered on each side.
                string side = inputs[i].IsSource ? "Source." : string.Empty;
                int number = inputs.Take(i).Count(input => input.IsSource == inputs[i].IsSource);
                string method = inputs[i].Kind switch { LayerKind.Series => "Series", LayerKind.CharacterCnn or LayerKind.CharacterLstm => "Characters", _ => "Tokens" };
                _writer.Line($"writer.{side}{method}({Text.Of(number)}, nameof({inputs[i].Name}), this.{inputs[i].Name}.Span);");
            }

            _writer.Line($"writer.{(loss.Kind == LayerKind.Regression ? "TargetSeries" : "TargetTokens")}(nameof(Targets), Targets.Span);");
        }

        EmitInferSteps("InferSteps", inputs.First(input => !input.IsSource));
        if (_model.HasSource)
        {
            EmitInferSteps("InferSourceSteps", inputs.First(input => input.IsSource));
        }
    }

    // "this": an input may have the name of a parameter.
    private void EmitInferSteps(string method, LayerModel input)
    {
        string width = input.Kind == LayerKind.Series ? Text.Of(input.Width.Constant) : Text.Of(input.Characters?.MaximumLength ?? 1);
        string name = "this." + input.Name;
        _writer.Line();
        _writer.Line("/// <inheritdoc/>");
        using (_writer.Block($"public override int {method}(int rows)"))
        {
            _writer.Line($"long step = (long)rows * {width};");
            using (_writer.Block($"if (step < 1 || {name}.Length == 0 || {name}.Length % step != 0)"))
            {
                _writer.Line($"throw new global::System.ArgumentException($\"'{NameTable.Plain(input.Name)}' has {{{name}.Length}} values for {{rows}} rows of {width}; give a whole number of steps, at least one, for each row.\");");
            }

            _writer.Line($"return (int)({name}.Length / step);");
        }
    }

    private void EmitPredictor()
    {
        string baseType = _plan.IsTokenModel ? Api + "TokenPredictor" : $"{Api}{(_model.IsSentenceModel ? "Sentence" : "Lstm")}Predictor<{Batch}>";
        _writer.Line();
        _writer.Line($"/// <summary>Predicts with <see cref=\"{_model.Name}\"/>, {(_model.IsSentenceModel ? "whole sentences of any length" : "step by step or whole sequences")}.</summary>");
        _writer.Line(Code.Attribute);
        using (_writer.Block($"public sealed class Predictor : {baseType}"))
        {
            using (_writer.Block($"internal Predictor({_model.Name} model, int rows) : base(() => new global::SdCompiler.Generated.{_plan.PredictorClass}(model.Parameters, rows))"))
            {
            }

            if (_plan.Shared.LossLayer.Declared.Kind == LayerKind.Classification)
            {
                EmitClassify();
            }

            if (_plan.Shared.LossLayer.Declared.Kind == LayerKind.Crf)
            {
                EmitTag();
            }
        }
    }

    private void EmitTag()
    {
        _writer.Line();
        _writer.Line("/// <summary>The best path of tags of each row, among those that the layer's constraints allow.</summary>");
        _writer.Line($"/// <param name=\"batch\">Any number of rows and steps; 0 rows stand for {Text.Of(_model.BatchSize)}. Targets are not read.</param>");
        _writer.Line("/// <param name=\"tags\">[steps, rows]; -1 behind a row's length.</param>");
        _writer.Line("/// <exception cref=\"global::System.ArgumentException\">The batch's arrays do not fit together, a token is outside its range, or the tags have another length.</exception>");
        _writer.Line("public void Tag(Batch batch, global::System.Span<int> tags) => Decode(batch, tags);");
    }

    private void EmitClassify()
    {
        _writer.Line();
        _writer.Line("/// <summary>The most probable class of each row, from the end of its sequence.</summary>");
        _writer.Line($"/// <param name=\"batch\">Any number of rows and steps; 0 rows stand for {Text.Of(_model.BatchSize)}.</param>");
        _writer.Line("/// <exception cref=\"global::System.ArgumentException\">The batch's arrays do not fit together, or a token is outside its range.</exception>");
        using (_writer.Block("public int[] Classify(Batch batch)"))
        {
            _writer.Line($$"""
                global::System.ArgumentNullException.ThrowIfNull(batch);
                int rows = batch.Rows == 0 ? {{Text.Of(_model.BatchSize)}} : batch.Rows;
                float[] outputs = new float[rows * OutputWidth];
                Predict(batch, {{(_model.IsSentenceModel ? string.Empty : "CreateState(rows), ")}}outputs);
                int[] classes = new int[rows];
                for (int row = 0; row < rows; row++)
                {
                    for (int i = 1; i < OutputWidth; i++)
                    {
                        if (outputs[(row * OutputWidth) + i] > outputs[(row * OutputWidth) + classes[row]])
                        {
                            classes[row] = i;
                        }
                    }
                }

                return classes;
                """);
        }
    }
}
