using SdCompiler.Samples.Translator.Text;

namespace SdCompiler.Samples.Translator.Data;

/// <summary>A sentence and its translation in numbers; both end with the end of a sentence.</summary>
/// <param name="Source">What the encoder reads.</param>
/// <param name="Target">What the decoder has to write.</param>
/// <param name="Words">The words.</param>
internal sealed record EncodedPair(int[] Source, int[] Target, SentencePair Words)
{
    /// <summary>Steps of the longer side.</summary>
    public int Steps => int.Max(Source.Length, Target.Length);
}
