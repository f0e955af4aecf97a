namespace SdCompiler.Samples.Tagger.Data;

/// <summary>A sentence in numbers.</summary>
/// <param name="Words">The number of each word.</param>
/// <param name="Characters">For each word <see cref="SentenceEncoder.WordCharacters"/> numbers of characters, -1 behind the last.</param>
/// <param name="Tags">The number of each tag; empty where there are none to learn from.</param>
internal sealed record EncodedSentence(int[] Words, int[] Characters, int[] Tags)
{
    /// <summary>How many words it has.</summary>
    public int Length => Words.Length;
}
