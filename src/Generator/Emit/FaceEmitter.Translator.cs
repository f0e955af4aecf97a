namespace SdCompiler.Generator.Emit;

/// <content>The predictor of an encoder-decoder.</content>
internal sealed partial class FaceEmitter
{
    private void EmitTranslator()
    {
        _writer.Line();
        _writer.Line($"/// <summary>Translates with <see cref=\"{_model.Name}\"/>, by beam search.</summary>");
        _writer.Line(Code.Attribute);
        using (_writer.Block($"public sealed class Predictor : {Api}TranslationPredictor"))
        {
            string body = $"new global::SdCompiler.Generated.{_plan.PredictorClass}(model.Parameters, many, steps)";
            using (_writer.Block($"internal Predictor({_model.Name} model, int rows) : base((many, steps) => {body}, rows)"))
            {
            }
        }
    }
}
