namespace SdCompiler.Generator.Emit;

/// <content>The predictor of an encoder-decoder.</content>
internal sealed partial class FaceEmitter
{
    private void EmitTranslator()
    {
    }
}
